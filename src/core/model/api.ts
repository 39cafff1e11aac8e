/** Version of every document that stages hand on, save or publish. */
export const apiVersion = 'pullmend.dev/v1alpha1';

/** Field manager of every write to a cluster, visible in `managedFields`. */
export const fieldManager = 'pullmend';

/** Plain JSON, as the Kubernetes API speaks it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Names one object of a cluster. */
export type ObjectRef = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
};

/** `Kind/namespace/name`, the way objects are named in every output. */
export function objectName(ref: ObjectRef): string {
  // The settings of a program are no object.
  if (ref.kind === '') return ref.name;
  return ref.namespace === undefined ? `${ref.kind}/${ref.name}` : `${ref.kind}/${ref.namespace}/${ref.name}`;
}

/** Two references to the same live object; without UIDs, to the same name. */
export function sameObject(a: ObjectRef, b: ObjectRef): boolean {
  if (a.uid !== undefined && b.uid !== undefined) return a.uid === b.uid;
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
