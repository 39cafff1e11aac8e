import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import {
  apiGroup,
  asObjects,
  asText,
  dig,
  digText,
  mirrorPodAnnotation,
  objectRef,
  type KindInfo,
} from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, OwnerLink } from '../../../../core/model/index.ts';

/** A pod of a Backup of a Cluster of a Fleet is deep already; owners may be written in a circle. */
const mostLinks = 10;

/** A link with what was read of it. */
export type Climbed = { readonly link: OwnerLink; readonly object?: JsonObject };

/** From an object to its topmost owner, custom resources included; ends at what may not be read or is gone. */
export async function climb(kube: Kube, start: JsonObject): Promise<readonly Climbed[]> {
  const all: Climbed[] = [{ link: { ref: objectRef(start), by: 'asked', state: 'there' }, object: start }];
  let object: JsonObject | undefined = start;
  while (object !== undefined && all.length < mostLinks) {
    if (dig(object, 'metadata', 'annotations', mirrorPodAnnotation) !== undefined) {
      const node = digText(object, 'spec', 'nodeName') ?? '';
      all.push({
        link: { ref: { apiVersion: 'v1', kind: 'Node', name: node }, by: 'mirror-pod', state: 'there' },
      });
      break;
    }
    const next = ownerOf(object);
    if (next === undefined) break;
    const above: Climbed = await readOwner(kube, next);
    all.push(above);
    ({ object } = above);
  }
  return all;
}

/** Its controller; else its only owner: some operators forget to say that they control. */
function ownerOf(object: JsonObject): ObjectRef | undefined {
  const owners = asObjects(dig(object, 'metadata', 'ownerReferences'));
  const owner =
    owners.find(({ controller }) => controller === true) ?? (owners.length === 1 ? owners[0] : undefined);
  if (owner === undefined) return undefined;
  const namespace = digText(object, 'metadata', 'namespace');
  return {
    apiVersion: asText(owner.apiVersion) ?? '',
    kind: asText(owner.kind) ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    name: asText(owner.name) ?? '',
    uid: asText(owner.uid) ?? '',
  };
}

async function readOwner(kube: Kube, ref: ObjectRef): Promise<Climbed> {
  const by = 'owner-reference';
  const info = await servedKind(kube, ref);
  // A kind that is not served any more has no objects.
  if (info === undefined) return { link: { ref, by, state: 'gone' } };
  const { namespace: _, ...clusterWide } = ref;
  const wanted: ObjectRef = info.namespaced ? ref : clusterWide;
  try {
    const object = await kube.find(wanted);
    const isSame = digText(object, 'metadata', 'uid') === ref.uid;
    return object !== undefined && isSame
      ? { link: { ref: wanted, by, state: 'there' }, object }
      : { link: { ref: wanted, by, state: 'gone' } };
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    return { link: { ref: wanted, by, state: 'unreadable', right: rightTo('get', info, wanted.namespace) } };
  }
}

/** Undefined where the cluster does not serve the kind in this version. */
export async function servedKind(
  kube: Kube,
  { kind, apiVersion }: Pick<ObjectRef, 'kind' | 'apiVersion'>,
): Promise<KindInfo | undefined> {
  try {
    return await kube.kindInfo(kind, apiVersion);
  } catch (error) {
    if (isError(error, 'PM_UNKNOWN_KIND')) return undefined;
    throw error;
  }
}

/** `get shops.lab.example in shop`. */
export function rightTo(
  verb: 'get' | 'list',
  { plural, apiVersions: [version] }: KindInfo,
  namespace: string | undefined,
): string {
  const resource = [plural, apiGroup(version)].filter((part) => part !== '').join('.');
  return `${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
