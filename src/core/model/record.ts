import * as z from 'zod';
import { apiVersion, type ObjectRef } from './api.ts';
import { clusterIdentitySchema, runName } from './plan.ts';
import { list, text } from './schema.ts';
import { stepSchema, type Expectation } from './step.ts';

/**
 * `intended`: written before the first byte changes, so that a killed run can still be undone;
 * `applied`: the write was accepted; `failed`: it was not, nothing changed; `undone`: put back.
 */
export const receiptStates = ['intended', 'applied', 'failed', 'undone'] as const;
export type ReceiptState = (typeof receiptStates)[number];

export const receiptSchema = z
  .object({
    step: stepSchema,
    state: z.enum(receiptStates),
    /** UID of the object after the step: another one when it was re-created. */
    uid: text.exactOptional(),
    /** Pods that were ready before the step. */
    ready: z.number().exactOptional(),
    /** ISO 8601. */
    at: text,
    note: text.exactOptional(),
  })
  .readonly();
/** What one step did. Before and after are in the step itself. */
export type Receipt = z.infer<typeof receiptSchema>;

export const runStates = ['running', 'verified', 'partly-verified', 'rolled-back', 'kept', 'undone'] as const;
export type RunState = (typeof runStates)[number];

/** A record without what happened: what never changes during a run. */
export const recordHeaderSchema = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('RepairRecord'),
    metadata: z.object({ name: runName, createdAt: text }).readonly(),
    spec: z
      .object({
        cluster: clusterIdentitySchema.exactOptional(),
        /** Whose run it is, as the API server knows them (SelfSubjectReview). */
        user: text.exactOptional(),
        /** The machine that it was started on. */
        host: text.exactOptional(),
      })
      .readonly(),
  })
  .readonly();
export type RecordHeader = z.infer<typeof recordHeaderSchema>;

export const repairRecordSchema = z
  .object({
    ...recordHeaderSchema.unwrap().shape,
    status: z.object({ state: z.enum(runStates), receipts: list(receiptSchema) }).readonly(),
  })
  .readonly();
/** The record of one run: what it changed, so that it can be taken back. Holds no secret. */
export type RepairRecord = z.infer<typeof repairRecordSchema>;

/** An object that somebody wrote over soon after a run changed it. */
export type Reverted = {
  readonly object: ObjectRef;
  /** The field manager that wrote the old value back, and when (ISO 8601). */
  readonly by: string;
  readonly at: string;
  readonly run: string;
  /** The images that the run gave it. */
  readonly expect: readonly Expectation[];
};

/** What undo did with one field or object. */
export type UndoOutcome = {
  readonly step: string;
  readonly object: ObjectRef;
  readonly path?: string;
  /**
   * `restored`; `already`: it holds the old value; `changed-since`: somebody else edited it, left alone; `completed`:
   * a Job that did its work since, left alone; `kept`: a copy on a mirror, which others may use by now; `gone`.
   */
  readonly outcome: 'restored' | 'already' | 'changed-since' | 'completed' | 'kept' | 'gone' | 'failed';
  readonly detail?: string;
};

/** Where records are kept: in the cluster for clusters, in a folder for files. */
export type RecordStore = {
  /** Writes a new record, before the first change. Errors: the name is taken. */
  create(record: RepairRecord): Promise<void>;
  /** Replaces the receipt of one step. */
  setReceipt(run: string, receipt: Receipt): Promise<void>;
  setState(run: string, state: RunState): Promise<void>;
  load(run: string): Promise<RepairRecord | undefined>;
  /** Newest first. */
  list(): Promise<readonly RepairRecord[]>;
  /** Forgets a run: for records of which nothing can be undone any more. */
  remove(run: string): Promise<void>;
};
