import { randomBytes } from 'node:crypto';
import { readPacked } from '../../adapters/files/index.ts';
import type { Kube } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import {
  type ClusterTarget,
  type Inventory,
  makeSnapshot,
  type Snapshot,
  type Target,
} from '../../core/model/index.ts';
import {
  fromCluster,
  refuseEmptyScope,
  hashNames,
  parseSnapshot,
  recordingKube,
  replayKube,
} from '../../stages/source/index.ts';
import type { World } from '../../access/index.ts';

export type SnapshotOptions = { readonly hashNames: boolean };

/** Warnings that are kept beyond those that today's diagnosis asks for: a later one may understand them. */
const mostWarnings = 5000;

/** Diagnoses once with a recorder in between, so that what is kept is what diagnosis reads, and adds the warnings. */
export async function takeSnapshot(
  target: ClusterTarget,
  options: SnapshotOptions,
  { outside, options: { signal, now = () => new Date(), onEvent } }: World,
): Promise<Snapshot> {
  const live = await outside.kube();
  const { kube, objects, unreadable } = recordingKube(live);
  const { namespace = kube.namespace, allNamespaces } = target;
  const scope: { readonly namespace?: string } = allNamespaces ? {} : { namespace };
  const {
    cluster = kube.identity,
    nodes,
    pods,
  } = await fromCluster(kube, {
    ...scope,
    names: [],
    signal,
    now: now(),
  });
  if (pods === 0) await refuseEmptyScope(live, scope);
  onEvent({ type: 'cluster', cluster, nodes, ...scope });
  await readWarnings(kube, scope);
  const seen = { cluster, ...scope, objects: objects() };
  const said = options.hashNames ? hashNames(seen, randomBytes(16).toString('hex')) : seen;
  return makeSnapshot(
    now().toISOString(),
    {
      ...(said.namespace === undefined ? {} : { namespace: said.namespace }),
      names: options.hashNames ? 'hashed' : 'plain',
    },
    { cluster: said.cluster, objects: said.objects, unreadable: unreadable() },
  );
}

/** What a file of a snapshot says of the cluster that it was taken of. Errors: those of `readPacked` and PM_SNAPSHOT_INVALID. */
export async function inventoryOfSnapshot({
  path,
  namespace,
  names,
}: Extract<Target, { readonly type: 'snapshot' }>): Promise<{
  readonly inventory: Inventory;
  readonly takenAt: string;
}> {
  const snapshot = parseSnapshot(await readPacked(path), path);
  const where = namespace ?? snapshot.spec.namespace;
  const inventory = await fromCluster(replayKube(snapshot), {
    ...(where === undefined ? {} : { namespace: where }),
    names,
    now: new Date(snapshot.metadata.createdAt),
  });
  return { inventory, takenAt: snapshot.metadata.createdAt };
}

async function readWarnings(kube: Kube, scope: { readonly namespace?: string }): Promise<void> {
  let read = 0;
  try {
    for await (const page of kube.pages('Event', { ...scope, fieldSelector: 'type=Warning' })) {
      read += page.length;
      if (read >= mostWarnings) return;
    }
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
  }
}
