import { digestOf, tryParseReference } from '../../../core/image/index.ts';
import { hostKind } from '../../../core/knowledge/failures/index.ts';
import { asObject, asObjects, asText, dig, podSurfaces } from '../../../core/knowledge/pods/index.ts';
import type { ClusterIdentity, Json, JsonObject } from '../../../core/model/index.ts';

/** Names that every cluster has, and those of provisioners that are known by their pods' names. */
const common =
  /^(?:default|kube-(?:system|public|node-lease)|(?:[\w-]+-)?(?:local-path-|localpv-)provisioner.*)$/;
/** Volumes carry the UID of their claim, by which a helper pod is known to belong to it. */
const volume = /pvc-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const hostsInText = /(?:\/\/|\blookup )([A-Za-z0-9][\w.-]*\.[\w-]*[A-Za-z0-9])/g;
const hexDigits = 8;

type Named = {
  readonly cluster: ClusterIdentity;
  /** The only namespace that was looked at. */
  readonly namespace?: string;
  readonly objects: readonly JsonObject[];
};

/**
 * The same with stand-ins for the names of namespaces, objects, nodes, private hosts and the images on them: one name
 * has one stand-in wherever it appears, also inside messages. Images of public registries keep their names, since what
 * helps depends on them.
 *
 * @param salt random, so that names cannot be found by trying.
 */
export function hashNames({ cluster, namespace, objects }: Named, salt: string): Named {
  const standIn = (name: string): string => {
    if (name === '' || common.test(name)) return name;
    const hex = digestOf(new TextEncoder().encode(`${salt}\n${name}`)).slice('sha256:'.length);
    return ['x' + hex.slice(0, hexDigits), ...(volume.exec(name) ?? [])].join('-');
  };
  const texts = objects.flatMap(textsIn);
  const written = objects.flatMap(imagesIn);
  const dictionary = new Map(
    [...objects.flatMap(namesIn), ...written.flatMap(privateParts)].map((name) => [name, standIn(name)]),
  );
  for (const host of privateHosts([...texts, ...written.map((image) => `//${image}`), cluster.server])) {
    dictionary.set(host, `${standIn(host)}.invalid`);
  }
  const images = new Map(written.map((image) => [image, imageStandIn(image, standIn)]));
  const inText = textHasher(dictionary, images);
  const hashed = (value: Json | undefined, key: string): Json | undefined => {
    if (Array.isArray(value)) return value.map((item) => hashed(item, key) ?? null);
    if (typeof value === 'string') return unnamed.has(key) ? value : inText(value);
    if (typeof value !== 'object' || value === null) return value;
    const below = Object.entries(asObject(value));
    return Object.fromEntries(
      below.map(([name, part]) => [
        name,
        labelMaps.has(key) && typeof part === 'string' && !helmLabels[name]?.test(part)
          ? standIn(part)
          : hashed(part, name),
      ]),
    ) as JsonObject;
  };
  return {
    cluster: { context: standIn(cluster.context), server: inText(cluster.server), version: cluster.version },
    ...(namespace === undefined ? {} : { namespace: standIn(namespace) }),
    objects: objects.map((object) => asObject(hashed(object, ''))),
  };
}

/** Words of the API, not names. */
const unnamed = new Set([
  'apiVersion',
  'kind',
  'uid',
  'reason',
  'phase',
  'type',
  'status',
  'provisioner',
  'imageID',
]);
const labelMaps = new Set(['labels', 'matchLabels', 'selector']);
/** Words of Helm on the Secrets of its releases. */
const helmLabels: Readonly<Record<string, RegExp>> = {
  owner: /^helm$/,
  status: /^(?:deployed|failed|unknown|uninstall(?:ed|ing)|pending-(?:install|upgrade|rollback))$/,
  version: /^\d+$/,
};
const helmNames = ['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace'];

function namesIn(object: JsonObject): readonly string[] {
  const about = [
    object.metadata,
    object.involvedObject,
    ...asObjects(dig(object, 'metadata', 'ownerReferences')),
  ];
  const spec = podSpecOf(object);
  return [
    ...about.flatMap((ref) => [dig(ref, 'name'), dig(ref, 'namespace')]),
    ...asObjects(spec.imagePullSecrets).map(({ name }) => name),
    ...asObjects(spec.volumes).flatMap((one) => [
      dig(one, 'persistentVolumeClaim', 'claimName'),
      dig(one, 'configMap', 'name'),
    ]),
    ...helmNames.map((name) => dig(object, 'metadata', 'annotations', name)),
    spec.nodeName,
    spec.serviceAccountName,
    dig(object, 'spec', 'storageClassName'),
    dig(object, 'source', 'host'),
  ].flatMap((name) => asText(name) ?? []);
}

function podSpecOf(object: JsonObject): JsonObject {
  const spec = asObject(object.spec);
  if (object.kind === 'Pod') return spec;
  return asObject(dig(spec, 'template', 'spec') ?? dig(spec, 'jobTemplate', 'spec', 'template', 'spec'));
}

function imagesIn(object: JsonObject): readonly string[] {
  const status = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'].flatMap(
    (list) => asObjects(dig(object, 'status', list)).flatMap(({ image }) => asText(image) ?? []),
  );
  return [...podSurfaces(podSpecOf(object)).map(({ image }) => image), ...status];
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(asObject(value)).flatMap(textsIn) : [];
}

function isPublic(host: string): boolean {
  const kind = hostKind(host);
  return (kind !== undefined && kind !== 'mirror-like') || host === 'docker.io';
}

/** Hosts of URLs and look-ups that belong to nobody in public; Services are named by their objects. */
function privateHosts(texts: readonly string[]): ReadonlySet<string> {
  const found = texts.flatMap((text) => [...text.matchAll(hostsInText)].flatMap(([, host = '']) => host));
  return new Set(found.filter((host) => !isPublic(host) && !/\.svc(?:\.|$)/.test(host)));
}

/** Repository of an image on a private host, part by part, as it stands in the registry's URLs. */
function privateParts(image: string): readonly string[] {
  const parsed = tryParseReference(image);
  return parsed === undefined || isPublic(parsed.registry) ? [] : parsed.repository.split('/');
}

/** `host/team/app:1` → `x12….invalid/x34…/x56…:1` where the host is private. */
function imageStandIn(image: string, standIn: (name: string) => string): string {
  const parsed = tryParseReference(image);
  const [host = '', ...path] = image.split('/');
  if (parsed === undefined || isPublic(parsed.registry) || path.length === 0) return image;
  const [name = '', port] = host.split(':');
  const repository = path.map((part) => {
    const [, own = '', rest = ''] = /^([^:@]*)(.*)$/.exec(part) ?? [];
    return standIn(own) + rest;
  });
  return [`${standIn(name)}.invalid${port === undefined ? '' : `:${port}`}`, ...repository].join('/');
}

/** Replaces images as a whole first, so that a part of one that is also some object's name stays a part of it. */
function textHasher(
  dictionary: ReadonlyMap<string, string>,
  images: ReadonlyMap<string, string>,
): (text: string) => string {
  const longestFirst = [...images.keys()].toSorted((a, b) => b.length - a.length);
  const image =
    longestFirst.length === 0
      ? undefined
      : new RegExp(`(?<![\\w.-])(?:${longestFirst.map(literal).join('|')})(?![\\w-])`, 'g');
  const words = (text: string): string => {
    const isProse = /\s/.test(text);
    return text.replace(/[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]|[A-Za-z0-9]/g, (token, at: number) => {
      const around = `${text[at - 1] ?? ''}${text[at + token.length] ?? ''}`;
      // "image" may be a namespace; in the kubelet's prose it is one only beside a quote, a slash or the like.
      const isName = !isProse || !/^[A-Za-z]+$/.test(token) || /["'`/_{}()[\]]/.test(around);
      if (!isName) return token;
      return (
        dictionary.get(token) ??
        token
          .split('.')
          .map((part) => dictionary.get(part) ?? part)
          .join('.')
      );
    });
  };
  return (text) => {
    const whole = dictionary.get(text) ?? images.get(text);
    if (whole !== undefined) return whole;
    if (image === undefined) return words(text);
    let at = 0;
    let out = '';
    for (const found of text.matchAll(image)) {
      out += words(text.slice(at, found.index)) + (images.get(found[0]) ?? found[0]);
      at = found.index + found[0].length;
    }
    return out + words(text.slice(at));
  };
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
