import type { ClusterFinding, JsonObject } from '../../model/index.ts';
import { digText, objectRef } from '../pods/index.ts';
import { defaultClassMarks } from './default-class.ts';

/**
 * The StorageClasses that are marked as default, the one that counts first: since Kubernetes 1.26 the newest, of equal
 * age the first by name (plugin/pkg/admission/storage/storageclass); older API servers refuse claims when there are two.
 */
export function defaultStorageClasses(classes: readonly JsonObject[]): readonly JsonObject[] {
  return classes
    .filter((object) =>
      defaultClassMarks.some((name) => digText(object, 'metadata', 'annotations', name) === 'true'),
    )
    .toSorted((a, b) => compare(createdAt(b), createdAt(a)) || compare(nameOf(a), nameOf(b)));
}

/** What is wrong with the default class of a cluster with these classes. */
export function storageClassFindings(
  classes: readonly JsonObject[],
  /** A claim waits for a default class. */
  isWanted: boolean,
): readonly ClusterFinding[] {
  const defaults = defaultStorageClasses(classes);
  if (defaults.length > 1) {
    return [{ kind: 'several-default-storage-classes', objects: defaults.map(objectRef) }];
  }
  if (defaults.length === 1 || !isWanted) return [];
  const byName = classes.toSorted((a, b) => compare(nameOf(a), nameOf(b)));
  return [{ kind: 'no-default-storage-class', objects: byName.map(objectRef) }];
}

function createdAt(object: JsonObject): string {
  return digText(object, 'metadata', 'creationTimestamp') ?? '';
}

function nameOf(object: JsonObject): string {
  return digText(object, 'metadata', 'name') ?? '';
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
