import type { Json, JsonObject, ObjectRef } from './api.ts';
import type { MirrorCredentials } from './mirror-set.ts';
import type { FilePosition, Place } from './usage.ts';

/** One field before and after. An absent `before` means that the field is not there. */
export type FieldChange = {
  /** JSON pointer (RFC 6901). */
  readonly path: string;
  readonly before?: Json;
  readonly after: Json;
  /** A neighbour that must hold this value too, e.g. the container's name, so that a re-ordered list is noticed. */
  readonly guard?: { readonly path: string; readonly value: Json };
};

/** A container whose image the step changes; verify asks the kubelet about it. */
export type Expectation = {
  readonly place: Place;
  readonly container: string;
  readonly imageBefore: string;
  readonly imageAfter: string;
};

/** Something that is lost for good when the step is carried out; asked for one by one, never answered by --yes. */
export type Loss = 'completed-pods' | 'running-containers';

type Common = {
  /** `s1`, `s2`, … in the order of the plan. */
  readonly id: string;
  readonly object: ObjectRef;
  /** Steps that must have succeeded before this one. */
  readonly needs: readonly string[];
  readonly expect: readonly Expectation[];
  readonly loss?: Loss;
  /** What will overwrite the change, e.g. `the next helm upgrade of shop/web`. */
  readonly overwrittenBy?: string;
};

/** Changes fields of a live object in place, each with its old value as precondition. */
export type PatchStep = Common & {
  readonly kind: 'patch';
  readonly changes: readonly FieldChange[];
  /** Claims that get their volume when the change works: they prove it in place of the object's own pods. */
  readonly claims?: readonly ObjectRef[];
};

/** Deletes pods that their controller does not replace by itself, in the order given. */
export type ReplacePodsStep = Common & {
  readonly kind: 'replace-pods';
  readonly pods: readonly ObjectRef[];
};

/** Deletes an object whose fields cannot change and creates it anew. */
export type RecreateStep = Common & {
  readonly kind: 'recreate';
  readonly before: JsonObject;
  readonly after: JsonObject;
};

/** Gives a namespace the pull secret of a mirror; the secret itself is read when the step is carried out. */
export type PullSecretStep = Common & {
  readonly kind: 'pull-secret';
  readonly mirror: string;
  /** Registry host that the secret is for. */
  readonly host: string;
  readonly source: MirrorCredentials;
};

/**
 * Makes a missing copy on a writable mirror: all platforms, byte for byte. The object is the copy; its namespace is
 * the first one that uses it, beside which the record lies.
 */
export type CopyImageStep = Common & {
  readonly kind: 'copy-image';
  /** The original, normalised. */
  readonly source: string;
  readonly target: string;
  readonly mirror: string;
  /** What the original's name led to when the plan was made; exactly this is copied. */
  readonly digest: string;
};

/** Replaces image strings in a file, byte for byte nothing else. */
export type EditFileStep = Common & {
  readonly kind: 'edit-file';
  readonly file: string;
  /** sha256 of the file's bytes as read. */
  readonly sha256: string;
  readonly edits: readonly (FilePosition & { readonly before: string; readonly after: string })[];
};

export type Step = PatchStep | ReplacePodsStep | RecreateStep | PullSecretStep | CopyImageStep | EditFileStep;
export type StepKind = Step['kind'];
