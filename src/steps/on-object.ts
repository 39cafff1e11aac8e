import { kindInfo, resourceName } from '../core/knowledge/pods/index.ts';
import type { ObjectRef, Permission, Step } from '../core/model/index.ts';

/** Rights on an object where it lies, by verb. */
export function rightsOn(object: ObjectRef, verbs: readonly string[]): readonly Permission[] {
  const { namespace } = object;
  return verbs.map((verb) => ({
    verb,
    resource: resourceName(object),
    ...(namespace === undefined ? {} : { namespace }),
  }));
}

/** Rights that its proof takes: an object's pods are listed, and the ReplicaSets between it and them. */
export function rightsToProve({ object, expect }: Pick<Step, 'object' | 'expect'>): readonly Permission[] {
  const { namespace } = object;
  if (expect.length === 0 || object.kind === 'Pod') return [];
  const resources = object.kind === 'Deployment' ? ['pods', 'replicasets.apps'] : ['pods'];
  return resources.map((resource) => ({
    verb: 'list',
    resource,
    ...(namespace === undefined ? {} : { namespace }),
  }));
}

/** It tells how many pods it should have, and has them by itself. */
export function isWorkload({ kind, apiVersion }: ObjectRef): boolean {
  return kindInfo(kind, apiVersion)?.podSpecPath !== undefined;
}
