import type { FileEdit, ManagerRef } from '../../core/model/index.ts';

/** An image of the cluster, and the copy that a plan has for it. */
export type Copy = { readonly image: string; readonly with: string; readonly mirror: string };

/** A delivery whose source is to name copies. */
export type SourceTarget = { readonly manager: ManagerRef; readonly copies: readonly Copy[] };

/**
 * How sure a change is: `built` by kustomize and `rendered` by helm, before and after, with nothing else moved;
 * `read`: the fields name the images, which needs no build; `unproved`: known shapes of values, without their chart.
 */
export type SourceProof = 'built' | 'rendered' | 'read' | 'unproved';

/** Edits of one way to change a source, by absolute paths. */
export type SourceEdits = {
  readonly edits: readonly FileEdit[];
  /** The images that have their new names with them. */
  readonly moved: ReadonlySet<string>;
  readonly proof: SourceProof;
};

/** One place in a checkout that changes; the file as its root sees it. */
export type SourcePlace = { readonly file: string; readonly line: number };

/** What changes in the checkout of one delivery. */
export type SourceChange = {
  readonly manager: ManagerRef;
  /** The checkout's root; absent: no folder is a checkout of it. */
  readonly checkout?: string;
  readonly moved: readonly Copy[];
  /** Images whose place was not found there. */
  readonly left: readonly Copy[];
  readonly places: readonly SourcePlace[];
  readonly proof?: SourceProof;
  /** Why it could not be built, in the words of the tool. */
  readonly unbuilt?: string;
};

/** A patch for one checkout, as `git apply` takes it in its root. */
export type SourcePatch = { readonly checkout: string; readonly patch: string };

export type SourceChanges = {
  readonly changes: readonly SourceChange[];
  readonly patches: readonly SourcePatch[];
};
