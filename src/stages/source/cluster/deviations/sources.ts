import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError, pointerToken } from '../../../../core/base/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { normaliseImage, tryParseReference } from '../../../../core/image/index.ts';
import { asList, asObject, asText, kindInfo, objectRef } from '../../../../core/knowledge/pods/index.ts';
import {
  isDirect,
  objectName,
  type FilePosition,
  type ImageSource,
  type JsonObject,
  type ObjectRef,
  type Usage,
} from '../../../../core/model/index.ts';
import { imagesOfDocument, type Locate } from '../../images-of.ts';
import { firstOf } from '../chains/events.ts';
import { imageSettings, type ImageSetting } from '../chains/image-settings.ts';
import { controllerOf } from '../pods.ts';
import { knownSources } from './known.ts';

/** A Backup of a Cluster of an operator is as far as it goes in practice. */
const mostOwners = 3;

/** What is looked for: the image, and for one that was rewritten the name that it had. */
export type Wanted = { readonly image: string; readonly instead?: string };

/** A place that names an image, with all that is needed to change it. */
export type FoundSource = {
  readonly source: ImageSource;
  readonly object: JsonObject;
  /** Of each position `file` is the JSON pointer of the text; absent where only a part of a name stands there. */
  readonly usage?: Usage;
  /** Nothing stands there yet: the field that is to come, and what must be written before the image (`--flag=`). */
  readonly add?: { readonly path: string; readonly lead: string };
};

export type SourceReader = {
  /** Workloads and ConfigMaps of these namespaces whose settings name the image. */
  inNamespaces(namespaces: readonly string[], wanted: Wanted): Promise<readonly FoundSource[]>;
  /** The owner's own fields, the settings in its namespace, and those of any Deployment or StatefulSet. */
  ofOwner(owner: ObjectRef, image: string): Promise<readonly FoundSource[]>;
  /** Where nothing names it: what is known of the owner's operator. */
  byKnowledge(
    owner: ObjectRef,
    what: { readonly container: string; readonly image: string },
  ): Promise<readonly FoundSource[]>;
  /** Where the text of an admission policy names the image. */
  inPolicies(policies: readonly JsonObject[], image: string): readonly FoundSource[];
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
  ): Promise<readonly FoundSource[]> {
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
    byKnowledge: async (ref, what) => {
      const owner = await findAny(kube, ref);
      return owner === undefined ? [] : await knownSources({ owner, ...what }, workloads);
    },
    inPolicies: (policies, image) => policies.flatMap((policy) => inPolicy(policy, image)),
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

function found(objects: readonly JsonObject[], wanted: Wanted): readonly FoundSource[] {
  const whole = objects.flatMap((object) => namedIn(object, wanted.image));
  const host = rewrittenHost(wanted);
  const all =
    whole.length > 0 || host === undefined ? whole : objects.flatMap((object) => hostIn(object, host));
  // A text may name it more than once.
  const keyOf = ({ source, usage }: FoundSource): string =>
    [objectName(source.object), source.path, usage?.position?.offset].join(' ');
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** Where an object names the image for pods that are not its own. */
function namedIn(object: JsonObject, image: string): readonly FoundSource[] {
  const exact = imageSettings(object, image);
  if (exact.length > 0)
    return exact.map((setting) =>
      foundAt(object, setting.name, setting.path, settingUsage(object, image, setting)),
    );
  const wanted = normaliseImage(image);
  return imagesOfDocument(object, inField).usages.flatMap((usage) => {
    if (
      isDirect(usage.place) &&
      kindInfo(usage.object.kind, usage.object.apiVersion)?.podSpecPath !== undefined
    )
      return [];
    const own = completed(usage, image);
    return (own.reference ?? normaliseImage(own.image)) === wanted
      ? [foundAt(object, usage.name, usage.path, own)]
      : [];
  });
}

/** Where a text stands in an object instead of a file. */
function inField({ path, start, end }: Parameters<Locate>[0]): FilePosition | undefined {
  if (start === undefined || end === undefined) return undefined;
  return { file: path, line: 1, column: 1, offset: start, length: end - start };
}

function settingUsage(object: JsonObject, image: string, { name, path, within }: ImageSetting): Usage {
  const at = within ?? { offset: 0, length: image.length };
  const position = { file: path, line: 1, column: 1, ...at };
  return { image, place: 'env', name, object: objectRef(object), path, position };
}

/** A repository of which the operator knows the tag: that of the image in the pods. */
function completed(usage: Usage, image: string): Usage {
  const { open, parts } = usage;
  if (open?.tail !== '' || parts?.ending !== '') return usage;
  const name = normaliseImage(image)?.replace(endOfName, '');
  const ending = endOfName.exec(image)?.[0] ?? '';
  if (ending === '' || normaliseImage(open.name)?.replace(endOfName, '') !== name) return usage;
  const { open: _, ...rest } = usage;
  return { ...rest, image: `${open.name}${ending}`, parts: { ...parts, ending } };
}

/** Tag and digest. */
const endOfName = /(?::[^:/@]+)?(?:@.*)?$/;

/** What a policy adds stands in its own expressions, as a literal. */
function inPolicy(policy: JsonObject, image: string): readonly FoundSource[] {
  return asList(readField(policy, '/spec/mutations')).flatMap((mutation, index) =>
    ['jsonPatch', 'applyConfiguration'].flatMap((type) => {
      const path = `/spec/mutations/${index}/${type}/expression`;
      const text = asText(asObject(asObject(mutation)[type]).expression) ?? '';
      return [...text.matchAll(/["']([^"'\\]+)["']/g)].flatMap((literal) => {
        if (literal[1] !== image) return [];
        const within = { offset: literal.index + 1, length: image.length };
        return [foundAt(policy, type, path, settingUsage(policy, image, { name: type, path, within }))];
      });
    }),
  );
}

/** A webhook that rewrites names is told the registry that it puts in front. */
function rewrittenHost({ image, instead }: Wanted): string | undefined {
  const host = tryParseReference(image)?.registry;
  return instead === undefined || tryParseReference(instead)?.registry === host ? undefined : host;
}

function hostIn(object: JsonObject, host: string): readonly FoundSource[] {
  const base = kindInfo(objectRef(object).kind)?.podSpecPath;
  const holds = (text: unknown): boolean => typeof text === 'string' && text.includes(host);
  if (base === undefined) {
    return Object.entries(asObject(object.data)).flatMap(([key, text]) =>
      holds(text) ? [foundAt(object, key, `/data/${pointerToken(key)}`)] : [],
    );
  }
  return ['initContainers', 'containers'].flatMap((list) =>
    asList(asObject(readField(object, base))[list]).flatMap((entry, index) => {
      const path = `${base}/${list}/${index}`;
      const { env, args, command } = asObject(entry);
      const variables = asList(env).flatMap((one, at) => {
        const { name, value } = asObject(one);
        return holds(value) ? [foundAt(object, asText(name) ?? '', `${path}/env/${at}/value`)] : [];
      });
      const words = [...asList(command), ...asList(args)].filter(holds);
      return [
        ...variables,
        ...words.map((word) => foundAt(object, String(word).split('=', 1).join(''), `${path}/args`)),
      ];
    }),
  );
}

function foundAt(object: JsonObject, name: string, path: string, usage?: Usage): FoundSource {
  const container = /^(.*\/(?:initContainers|containers)\/\d+)\//.exec(path)?.[1];
  const of = container === undefined ? undefined : asText(asObject(readField(object, container)).name);
  const source = { object: objectRef(object), name, path, ...(of === undefined ? {} : { container: of }) };
  return { source, object, ...(usage === undefined ? {} : { usage }) };
}
