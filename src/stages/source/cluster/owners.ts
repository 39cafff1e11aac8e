import pLimit from 'p-limit';
import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { digText, kindInfo, resourceName } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { controllerOf, type Controller } from './pods.ts';

/** The controllers of a pod, as far as they are of kinds that pullmend knows. */
export type Ownership = {
  /** From the pod's own controller up to the topmost; empty for a bare pod. */
  readonly chain: readonly JsonObject[];
  /** What controls the topmost object (or the pod): of an unknown kind, not readable, or gone. */
  readonly beyond?: Controller;
  /** Where `beyond` may not be read: the right that is missing, e.g. `get replicasets.apps in shop`. */
  readonly right?: string;
};

/** `forbidden`: the user may not read it. */
type Owner = JsonObject | 'forbidden' | undefined;

/** An API server takes this many requests of one user at a time without queueing them. */
const concurrency = 8;
/** Up to this many owners of a kind are asked for one by one; beyond, all of the kind cost less. */
const maxAskedSingly = 50;

type Wanted = {
  readonly namespace: string;
  readonly controller: Controller;
  readonly found: (owner: Owner) => void;
  readonly failed: (error: unknown) => void;
};

/** Climbs from pods to the objects that must change; every owner is read once, however many pods it has. */
export function ownerWalk(
  kube: Kube,
): (namespace: string, controller: Controller | undefined) => Promise<Ownership> {
  const read = new Map<string, Promise<Owner>>();
  const fetch = ownerReader(kube);

  function fetchOnce(namespace: string, controller: Controller): Promise<Owner> {
    const known = read.get(controller.uid) ?? fetch(namespace, controller);
    read.set(controller.uid, known);
    return known;
  }

  return async (namespace, controller) => {
    const chain: JsonObject[] = [];
    let next = controller;
    while (next !== undefined) {
      const owner = await fetchOnce(namespace, next);
      if (owner === 'forbidden') return { chain, beyond: next, right: rightTo(namespace, next) };
      if (owner === undefined) return { chain, beyond: next };
      chain.push(owner);
      next = controllerOf(owner);
    }
    return { chain };
  };
}

/** Reads what is asked for in one turn of the event loop together: singly when it is little, else by lists. */
function ownerReader(kube: Kube): (namespace: string, controller: Controller) => Promise<Owner> {
  const limit = pLimit(concurrency);
  let waiting: Wanted[] = [];

  function flush(): void {
    const byKind = Map.groupBy(waiting, ({ controller }) => `${controller.apiVersion} ${controller.kind}`);
    waiting = [];
    for (const wanted of byKind.values()) void answer(wanted);
  }

  async function answer(wanted: readonly Wanted[]): Promise<void> {
    try {
      const listed = wanted.length > maxAskedSingly ? await listOwners(kube, wanted) : undefined;
      for (const { namespace, controller, found, failed } of wanted) {
        if (listed !== undefined) found(listed.get(controller.uid));
        else limit(() => fetchOwner(kube, namespace, controller)).then(found, failed);
      }
    } catch (error) {
      for (const { failed } of wanted) failed(error);
    }
  }

  return (namespace, controller) =>
    new Promise((found, failed) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ namespace, controller, found, failed });
    });
}

/** Those of one kind by their uid; undefined where lists may not be read. */
async function listOwners(
  kube: Kube,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, JsonObject> | undefined> {
  const [first] = wanted;
  const kind = first?.controller.kind ?? '';
  const info = kindInfo(kind, first?.controller.apiVersion);
  if (info?.podSpecPath === undefined) return new Map();
  const uids = new Set(wanted.map(({ controller }) => controller.uid));
  const namespaces = new Set(wanted.map(({ namespace }) => namespace));
  const where = namespaces.size === 1 ? { namespace: [...namespaces][0] ?? '' } : {};
  const owners = new Map<string, JsonObject>();
  try {
    for await (const page of kube.pages(kind, where)) {
      for (const owner of page) {
        const uid = digText(owner, 'metadata', 'uid') ?? '';
        if (uids.has(uid)) owners.set(uid, owner);
      }
    }
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
  return owners;
}

/** Undefined for what is not a workload of a known kind, or is not there any more. */
async function fetchOwner(kube: Kube, namespace: string, controller: Controller): Promise<Owner> {
  const { kind, name, uid } = controller;
  const info = kindInfo(kind, controller.apiVersion);
  if (info?.podSpecPath === undefined) return undefined;
  try {
    // The reference may name a version that the cluster no longer serves.
    const apiVersion = await kube.servedVersion(kind);
    const owner = await kube.find({ apiVersion, kind, namespace, name });
    return digText(owner, 'metadata', 'uid') === uid ? owner : undefined;
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return 'forbidden';
    throw error;
  }
}

function rightTo(namespace: string, { kind, apiVersion }: Controller): string {
  return `get ${resourceName({ kind, apiVersion })} in ${namespace}`;
}
