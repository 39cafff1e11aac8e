/**
 * Why a place of a record, or one receipt in it, is left out. Whoever may write ConfigMaps in a namespace may put
 * anything there, and somebody with more rights may undo it: a part speaks only of its own namespace, never of files,
 * and only for the run that it is named after. `other-header`: an earlier part says other things of the run; `twice`:
 * an earlier part has this step.
 */
export type UnreadableReason =
  | 'no-record'
  | 'other-run'
  | 'other-header'
  | 'no-receipt'
  | 'other-namespace'
  | 'twice';

/** Something that lies where records are kept, and is none. */
export type UnreadableRecord = {
  /** `ConfigMap/namespace/name`, or a file. */
  readonly where: string;
  readonly reason: UnreadableReason;
  /** The receipt, when the rest of the part is sound. */
  readonly key?: string;
};
