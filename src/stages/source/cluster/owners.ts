import pLimit from 'p-limit';
import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { digText, kindInfo } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { controllerOf, type Controller } from './pods.ts';

/** The controllers of a pod, as far as they are of kinds that pullmend knows. */
export type Ownership = {
  /** From the pod's own controller up to the topmost; empty for a bare pod. */
  readonly chain: readonly JsonObject[];
  /** What controls the topmost object (or the pod): of an unknown kind, not readable, or gone. */
  readonly beyond?: Controller;
};

/** An API server takes this many requests of one user at a time without queueing them. */
const concurrency = 8;

/** Climbs from pods to the objects that must change; every owner is read once, however many pods it has. */
export function ownerWalk(
  kube: Kube,
): (namespace: string, controller: Controller | undefined) => Promise<Ownership> {
  const limit = pLimit(concurrency);
  const read = new Map<string, Promise<JsonObject | undefined>>();

  function fetchOnce(namespace: string, controller: Controller): Promise<JsonObject | undefined> {
    const known = read.get(controller.uid) ?? limit(() => fetchOwner(kube, namespace, controller));
    read.set(controller.uid, known);
    return known;
  }

  return async (namespace, controller) => {
    const chain: JsonObject[] = [];
    let next = controller;
    while (next !== undefined) {
      const owner = await fetchOnce(namespace, next);
      if (owner === undefined) return { chain, beyond: next };
      chain.push(owner);
      next = controllerOf(owner);
    }
    return { chain };
  };
}

/** Undefined for what is not a workload of a known kind, may not be read, or is not there any more. */
async function fetchOwner(
  kube: Kube,
  namespace: string,
  controller: Controller,
): Promise<JsonObject | undefined> {
  const { kind, name, uid } = controller;
  const info = kindInfo(kind, controller.apiVersion);
  if (info?.podSpecPath === undefined) return undefined;
  try {
    // The reference may name a version that the cluster no longer serves.
    const apiVersion = await kube.servedVersion(kind);
    const owner = await kube.find({ apiVersion, kind, namespace, name });
    return digText(owner, 'metadata', 'uid') === uid ? owner : undefined;
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}
