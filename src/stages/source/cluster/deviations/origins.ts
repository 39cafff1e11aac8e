import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import { apiGroup, kindInfo, objectRef } from '../../../../core/knowledge/pods/index.ts';
import { objectName, type ImageOrigin, type ObjectRef } from '../../../../core/model/index.ts';
import { podsThatRead } from '../chains/readers.ts';
import { checkedManagers } from '../keepers.ts';
import { managersOf } from '../managers.ts';
import { controllerOf } from '../pods.ts';
import { ownerRef } from '../workloads.ts';
import type { Case } from './cases.ts';
import type { FoundSource } from './sources.ts';

/**
 * Where the image of these pods can be changed for good: only where one object says it, since nobody knows which of
 * several counts. One entry for each object that names the image as it was told to.
 */
export async function originsOf(
  kube: Kube,
  group: readonly Case[],
  found: readonly FoundSource[],
): Promise<readonly ImageOrigin[]> {
  const [first] = group;
  const sources = first === undefined ? [] : usable(first, found);
  const [source] = sources;
  if (first === undefined || source === undefined) return [];
  const { object } = source;
  const ref = objectRef(object);
  const resource = await resourceOf(kube, ref);
  if (resource === undefined) return [];
  const { surface, kind, owned } = first;
  const plain = {
    place: surface.place,
    container: surface.name,
    image: surface.image,
    object,
    ref,
    ...resource,
    managers: await checkedManagers(kube, object, managersOf(object, controllerOf(object))),
    usages: sources.flatMap(({ usage }) => usage ?? []),
    adds: sources.flatMap(({ add }) => add ?? []),
    readers: ref.kind === 'ConfigMap' ? await podsThatRead(kube, object) : [],
    follower: {
      ref: followerOf(first),
      waiting: new Set(group.map((one) => one.owned.pod.ref.uid)).size,
      isAdmitted: kind === 'added' || kind === 'rewritten',
    },
  };
  const isTemplate = kind === 'made' && owned.owners.chain.length > 0;
  const targets = isTemplate ? [ownerRef(owned)] : group.map((one) => one.owned.pod.ref);
  return [...new Map(targets.map((of) => [objectName(of), { ...plain, of }])).values()];
}

/** Those of the one object that counts; none where several name the image and none is above the others. */
function usable({ owned, kind }: Case, found: readonly FoundSource[]): readonly FoundSource[] {
  const { beyond } = owned.owners;
  if (kind === 'made' && beyond === undefined) return [];
  const whole = found.filter(({ usage, add, object }) => {
    // What an operator writes for itself it writes again.
    const isMade = beyond !== undefined && controllerOf(object)?.uid === beyond.uid;
    return (usage !== undefined || add !== undefined) && !isMade;
  });
  const byObject = [...Map.groupBy(whole, ({ source }) => objectName(source.object)).values()];
  // Of custom resources that own one another the topmost is what a person wrote; it is told last.
  const isChain = whole.every(({ object }) => kindInfo(objectRef(object).kind) === undefined);
  return byObject.length > 1 && !isChain ? [] : (byObject.at(-1) ?? []);
}

function followerOf({ owned }: Case): ObjectRef {
  const { beyond, chain } = owned.owners;
  if (chain.length > 0 || beyond === undefined) return ownerRef(owned);
  const { apiVersion, kind, name, uid } = beyond;
  return { apiVersion, kind, namespace: owned.pod.ref.namespace, name, uid };
}

/** Undefined where the kind is no longer served. */
async function resourceOf(
  kube: Kube,
  { kind, apiVersion }: ObjectRef,
): Promise<{ readonly resource?: string } | undefined> {
  if (kindInfo(kind, apiVersion) !== undefined) return {};
  try {
    const { plural } = await kube.kindInfo(kind, apiVersion);
    return { resource: `${plural}.${apiGroup(apiVersion)}` };
  } catch (error) {
    if (isError(error, 'PM_UNKNOWN_KIND') || isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}
