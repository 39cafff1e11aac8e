import type { World } from '../../access/index.ts';
import { isError } from '../../core/base/index.ts';
import {
  sameObject,
  type Inventory,
  type JsonObject,
  type ObjectRef,
  type Receipt,
  type RepairRecord,
  type Reverted,
  type Target,
} from '../../core/model/index.ts';
import { followersOf, isProvable, lostIn } from '../../steps/index.ts';

/** A loop of an installer, and an operator that reconciles, comes by sooner; a person's next release comes later. */
const soonMs = 10 * 60 * 1000;
/** Older runs say little about today, and each object of them costs a request. */
const recentMs = 7 * 24 * 60 * 60 * 1000;
const mostObjects = 100;

export type RevertInput = {
  readonly records: readonly RepairRecord[];
  readonly inventory: Pick<Inventory, 'workloads'>;
  readonly namespace?: string;
  readonly now: Date;
  /** An object as it is now; undefined when it is gone. */
  readonly find: (ref: ObjectRef) => Promise<JsonObject | undefined>;
};

/**
 * Objects of which an earlier run was undone by somebody soon after it wrote: whoever did that will do it again,
 * whether a pod fails by now or not. A run that was taken back does not count, so `undo` makes the way free.
 */
export async function revertedSince(input: RevertInput): Promise<readonly Reverted[]> {
  const receipts = receiptsOf(input).slice(0, mostObjects);
  const found = await Promise.all(receipts.map(async (receipt) => await revertOf(receipt, input)));
  return found.flat();
}

/** The newest receipt of each object of recent runs that still count. */
function receiptsOf({
  records,
  namespace,
  now,
}: RevertInput): readonly (Receipt & { readonly run: string })[] {
  const all = records
    .filter(({ status }) => status.state !== 'undone')
    .filter(({ metadata }) => now.getTime() - Date.parse(metadata.createdAt) < recentMs)
    .toSorted((a, b) => b.metadata.createdAt.localeCompare(a.metadata.createdAt))
    .flatMap(({ metadata, status }) => status.receipts.map((one) => ({ ...one, run: metadata.name })))
    .filter(({ step, state }) => state === 'applied' && isProvable(step))
    .filter(({ step }) => namespace === undefined || step.object.namespace === namespace);
  const seen = new Set<string>();
  return all.filter(({ step: { object } }) => {
    // Without a UID nobody can say that it is the very object.
    if (object.uid === undefined || seen.has(object.uid)) return false;
    seen.add(object.uid);
    return true;
  });
}

async function revertOf(
  { step, at, run }: Receipt & { readonly run: string },
  { inventory, find }: RevertInput,
): Promise<readonly Reverted[]> {
  const known = inventory.workloads.find(({ ref }) => sameObject(ref, step.object));
  const object = known?.object ?? (await find(step.object));
  // One of the same name that was made since is another one.
  const uid = (object?.metadata as JsonObject | undefined)?.uid;
  if (object === undefined || step.object.uid === undefined || uid !== step.object.uid) return [];
  const lost = lostIn(step, object);
  const after = Date.parse(lost?.at ?? '') - Date.parse(at);
  // Times of managedFields are whole seconds.
  if (lost?.by === undefined || after < -1000 || after > soonMs) return [];
  const plain = { by: lost.by, at: lost.at ?? at, run, expect: step.expect };
  const follows = followersOf(step);
  if (follows.length === 0) return [{ ...plain, object: step.object }];
  // What takes its images from there has the old ones again.
  return follows.map(({ object: follower }) => ({
    ...plain,
    object: follower,
    remedy: 'source' as const,
  }));
}

/** What earlier runs tell. Who may not read their records learns it from the next proof. */
export async function revertsIn(
  target: Target,
  inventory: Pick<Inventory, 'workloads'>,
  now: Date,
  { outside }: World,
): Promise<readonly Reverted[]> {
  if (target.type !== 'cluster') return [];
  const kube = await outside.kube();
  const { allNamespaces, namespace = kube.namespace } = target;
  try {
    const store = allNamespaces
      ? await outside.clusterRecords([namespace])
      : await outside.recordsIn(namespace);
    return await revertedSince({
      records: await store.list(),
      inventory,
      now,
      find: async (ref) => await kube.find(ref),
      ...(allNamespaces ? {} : { namespace }),
    });
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}
