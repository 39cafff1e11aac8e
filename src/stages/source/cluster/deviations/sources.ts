import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { normaliseImage, tryParseReference } from '../../../../core/image/index.ts';
import { asList, asObject, asText, kindInfo, objectRef } from '../../../../core/knowledge/pods/index.ts';
import { isDirect, type ImageSource, type JsonObject, type ObjectRef } from '../../../../core/model/index.ts';
import { imagesOfDocument } from '../../images-of.ts';
import { firstOf } from '../chains/events.ts';
import { imageSettings } from '../chains/image-settings.ts';
import { controllerOf } from '../pods.ts';

/** Places that are named; the first ones are those that name the image whole. */
const mostSources = 4;
/** A Backup of a Cluster of an operator is as far as it goes in practice. */
const mostOwners = 3;

/** What is looked for: the image, and for one that was rewritten the name that it had. */
export type Wanted = { readonly image: string; readonly instead?: string };

export type SourceReader = {
  /** Workloads and ConfigMaps of these namespaces whose settings name the image. */
  inNamespaces(namespaces: readonly string[], wanted: Wanted): Promise<readonly ImageSource[]>;
  /** The owner's own fields, the settings in its namespace, and those of any Deployment or StatefulSet. */
  ofOwner(owner: ObjectRef, image: string): Promise<readonly ImageSource[]>;
};

/** Every list is read once. */
export function sourceReader(kube: Kube): SourceReader {
  const lists = new Map<string, Promise<readonly JsonObject[]>>();
  const read = (kind: string, namespace?: string): Promise<readonly JsonObject[]> => {
    const key = `${kind} ${namespace ?? ''}`;
    const list = lists.get(key) ?? firstOf(kube, kind, undefined, namespace);
    lists.set(key, list);
    return list;
  };
  const workloads = async (namespace?: string) =>
    (
      await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => read(kind, namespace)))
    ).flat();

  async function inNamespaces(
    namespaces: readonly string[],
    wanted: Wanted,
  ): Promise<readonly ImageSource[]> {
    const objects = await Promise.all(
      namespaces.flatMap((namespace) => [workloads(namespace), read('ConfigMap', namespace)]),
    );
    return found(objects.flat(), wanted);
  }

  return {
    inNamespaces,
    ofOwner: async (owner, image) => {
      const own = found(await ownersOf(kube, owner), { image });
      if (own.length > 0) return own;
      const near = await inNamespaces(owner.namespace === undefined ? [] : [owner.namespace], { image });
      return near.length > 0 ? near : found(await workloads(), { image });
    },
  };
}

/** The custom resource and what controls it; none of a kind that cannot be read. */
async function ownersOf(kube: Kube, owner: ObjectRef): Promise<readonly JsonObject[]> {
  const objects: JsonObject[] = [];
  let next: ObjectRef | undefined = owner;
  while (next !== undefined && objects.length < mostOwners) {
    const object: JsonObject | undefined = await findAny(kube, next);
    if (object === undefined) break;
    objects.push(object);
    const above = controllerOf(object);
    next = above && { ...above, ...(owner.namespace === undefined ? {} : { namespace: owner.namespace }) };
  }
  return objects;
}

async function findAny(kube: Kube, ref: ObjectRef): Promise<JsonObject | undefined> {
  try {
    return await kube.find(ref);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_UNKNOWN_KIND')) return undefined;
    throw error;
  }
}

function found(objects: readonly JsonObject[], wanted: Wanted): readonly ImageSource[] {
  const whole = objects.flatMap((object) => namedIn(object, wanted.image));
  const host = rewrittenHost(wanted);
  const all =
    whole.length > 0 || host === undefined ? whole : objects.flatMap((object) => hostIn(object, host));
  return [...new Map(all.map((one) => [`${one.object.uid} ${one.path}`, one])).values()].slice(
    0,
    mostSources,
  );
}

/** Where an object names the image for pods that are not its own. */
function namedIn(object: JsonObject, image: string): readonly ImageSource[] {
  const exact = imageSettings(object, image);
  if (exact.length > 0) return exact.map(({ name, path }) => sourceAt(object, name, path));
  const wanted = normaliseImage(image);
  return imagesOfDocument(object).usages.flatMap((usage) => {
    if (
      isDirect(usage.place) &&
      kindInfo(usage.object.kind, usage.object.apiVersion)?.podSpecPath !== undefined
    )
      return [];
    if ((usage.reference ?? normaliseImage(usage.image)) !== wanted) return [];
    return [sourceAt(object, usage.name, usage.path)];
  });
}

/** A webhook that rewrites names is told the registry that it puts in front. */
function rewrittenHost({ image, instead }: Wanted): string | undefined {
  const host = tryParseReference(image)?.registry;
  return instead === undefined || tryParseReference(instead)?.registry === host ? undefined : host;
}

function hostIn(object: JsonObject, host: string): readonly ImageSource[] {
  const base = kindInfo(objectRef(object).kind)?.podSpecPath;
  const holds = (text: unknown): boolean => typeof text === 'string' && text.includes(host);
  if (base === undefined) {
    return Object.entries(asObject(object.data)).flatMap(([key, text]) =>
      holds(text) ? [sourceAt(object, key, `/data/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)] : [],
    );
  }
  return ['initContainers', 'containers'].flatMap((list) =>
    asList(asObject(readField(object, base))[list]).flatMap((entry, index) => {
      const path = `${base}/${list}/${index}`;
      const { env, args, command } = asObject(entry);
      const variables = asList(env).flatMap((one, at) => {
        const { name, value } = asObject(one);
        return holds(value) ? [sourceAt(object, asText(name) ?? '', `${path}/env/${at}/value`)] : [];
      });
      const words = [...asList(command), ...asList(args)].filter(holds);
      return [
        ...variables,
        ...words.map((word) => sourceAt(object, String(word).split('=', 1).join(''), `${path}/args`)),
      ];
    }),
  );
}

function sourceAt(object: JsonObject, name: string, path: string): ImageSource {
  const container = /^(.*\/(?:initContainers|containers)\/\d+)\//.exec(path)?.[1];
  const of = container === undefined ? undefined : asText(asObject(readField(object, container)).name);
  return { object: objectRef(object), name, path, ...(of === undefined ? {} : { container: of }) };
}
