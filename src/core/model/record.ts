import type { apiVersion, ObjectRef } from './api.ts';
import type { ClusterIdentity } from './plan.ts';
import type { Step } from './step.ts';

/**
 * `intended`: written before the first byte changes, so that a killed run can still be undone;
 * `applied`: the write was accepted; `failed`: it was not, nothing changed; `undone`: put back.
 */
export type ReceiptState = 'intended' | 'applied' | 'failed' | 'undone';

/** What one step did. Before and after are in the step itself. */
export type Receipt = {
  readonly step: Step;
  readonly state: ReceiptState;
  /** UID of the object after the step: another one when it was re-created. */
  readonly uid?: string;
  /** ISO 8601. */
  readonly at: string;
  readonly note?: string;
};

export type RunState = 'running' | 'verified' | 'partly-verified' | 'rolled-back' | 'kept' | 'undone';

/** The record of one run: what it changed, so that it can be taken back. Holds no secret. */
export type RepairRecord = {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'RepairRecord';
  readonly metadata: { readonly name: string; readonly createdAt: string };
  readonly spec: { readonly cluster?: ClusterIdentity };
  readonly status: { readonly state: RunState; readonly receipts: readonly Receipt[] };
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
};
