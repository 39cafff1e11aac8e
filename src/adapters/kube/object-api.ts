import type { PatchOperation } from '../../core/edit/index.ts';
import type { JsonObject, ObjectRef } from '../../core/model/index.ts';

export type ReadOptions = {
  readonly signal?: AbortSignal;
};

export type WriteOptions = ReadOptions & {
  /** Ask the API server to do everything but the write (`dryRun=All`). */
  readonly dryRun?: boolean;
};

export type DeleteOptions = WriteOptions & {
  /** Refuse to delete an object of the same name that is another one. */
  readonly uid?: string;
  /** Refuse to delete an object that was written since it was read. */
  readonly resourceVersion?: string;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
};

/** The calls on single objects that edits, re-creations and records are made of. */
export type ObjectApi = {
  get(ref: ObjectRef, options?: ReadOptions): Promise<JsonObject>;
  create(object: JsonObject, options?: WriteOptions): Promise<JsonObject>;
  patch(ref: ObjectRef, operations: readonly PatchOperation[], options?: WriteOptions): Promise<JsonObject>;
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<void>;
};
