import type { ObjectRef } from './api.ts';
import type { Expectation, Receipt, RemedyName, RepairRecord, RunState } from './schemas/index.ts';

/** An object that somebody wrote over soon after a run changed it. */
export type Reverted = {
  readonly object: ObjectRef;
  /** The field manager that wrote the old value back, and when (ISO 8601). */
  readonly by: string;
  readonly at: string;
  readonly run: string;
  /** The images that the run gave it. */
  readonly expect: readonly Expectation[];
  /** The way that was taken, where the object itself was not what was changed. */
  readonly remedy?: RemedyName;
};

/** A remedy that did not last: it was carried out, written over, and taken back. */
export type Withdrawn = {
  readonly object: ObjectRef;
  readonly remedy: RemedyName;
  /** The field manager that wrote over it, where that is known. */
  readonly by?: string;
  readonly run: string;
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
