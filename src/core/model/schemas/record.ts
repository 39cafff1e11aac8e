import * as z from 'zod';
import { apiVersion } from '../api.ts';
import { clusterIdentitySchema, runName } from './plan.ts';
import { jsonObject, list, text } from './values.ts';
import { stepSchema } from './step.ts';

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
    /** Entries of `managedFields` before the step, cut to the fields that it changed: to them they go back. */
    managers: list(jsonObject).exactOptional(),
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
