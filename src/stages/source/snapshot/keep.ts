import { isError, redact } from '../../../core/base/index.ts';
import { readYaml } from '../../../core/edit/index.ts';
import { asList, asObject, asText, dig, digText, podSurfaces } from '../../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../core/model/index.ts';

/** A tree of fields that are kept: `true` with all below, a list for each of its items, `text` without secrets. */
type Fields = true | 'text' | readonly [Fields] | { readonly [key: string]: Fields };

const names: Fields = [{ name: true }];
const conditions: Fields = [
  { type: true, status: true, reason: true, message: 'text', lastTransitionTime: true },
];
const container: Fields = {
  name: true,
  image: true,
  imagePullPolicy: true,
  restartPolicy: true,
  volumeMounts: names,
};
const podSpec: Fields = {
  nodeName: true,
  hostNetwork: true,
  serviceAccountName: true,
  imagePullSecrets: names,
  initContainers: [container],
  containers: [container],
  ephemeralContainers: [container],
  volumes: [
    {
      name: true,
      image: true,
      ephemeral: {},
      persistentVolumeClaim: { claimName: true },
      configMap: { name: true },
      // CSI drivers are found by the folder of their socket.
      hostPath: { path: true },
    },
  ],
};
const state: Fields = {
  waiting: { reason: true, message: 'text' },
  running: { startedAt: true },
  terminated: { reason: true, exitCode: true },
};
const containerStatus: Fields = [
  { name: true, image: true, imageID: true, restartCount: true, ready: true, state, lastState: state },
];
const template: Fields = { spec: podSpec };
const replicas: Fields = {
  replicas: true,
  currentNumberScheduled: true,
  desiredNumberScheduled: true,
  active: true,
  succeeded: true,
  failed: true,
};
const workload: Fields = {
  spec: { replicas: true, selector: { matchLabels: true }, template, jobTemplate: { spec: { template } } },
  status: replicas,
};

/** What is kept of each kind; a kind that is not here is left out. */
const kept: Readonly<Record<string, Fields>> = {
  Pod: {
    spec: podSpec,
    status: {
      phase: true,
      reason: true,
      message: 'text',
      startTime: true,
      conditions,
      initContainerStatuses: containerStatus,
      containerStatuses: containerStatus,
      ephemeralContainerStatuses: containerStatus,
    },
  },
  Event: {
    involvedObject: true,
    type: true,
    reason: true,
    message: 'text',
    count: true,
    firstTimestamp: true,
    lastTimestamp: true,
    eventTime: true,
    series: { count: true, lastObservedTime: true },
    source: { component: true, host: true },
    reportingComponent: true,
  },
  Node: { status: { conditions, nodeInfo: true } },
  PersistentVolumeClaim: { spec: { storageClassName: true, volumeName: true }, status: { phase: true } },
  StorageClass: { provisioner: true, volumeBindingMode: true },
  Service: { spec: { selector: true } },
  ServiceAccount: { imagePullSecrets: names },
  // Of Helm's alone, see below: name and labels tell a release and its status.
  Secret: {},
  ConfigMap: {},
  Deployment: workload,
  ReplicaSet: workload,
  ReplicationController: { spec: { replicas: true, template }, status: replicas },
  StatefulSet: workload,
  DaemonSet: workload,
  Job: workload,
  CronJob: workload,
};

const metadata: Fields = {
  name: true,
  namespace: true,
  uid: true,
  creationTimestamp: true,
  deletionTimestamp: true,
  labels: true,
  ownerReferences: true,
  annotations: {
    'kubernetes.io/config.mirror': true,
    'meta.helm.sh/release-name': true,
    'meta.helm.sh/release-namespace': true,
    'helm.sh/hook': true,
    'volume.kubernetes.io/storage-provisioner': true,
    'volume.beta.kubernetes.io/storage-provisioner': true,
    'storageclass.kubernetes.io/is-default-class': true,
    'storageclass.beta.kubernetes.io/is-default-class': true,
  },
};

/**
 * The objects with the fields that tell why an image does not arrive. Values of environment variables, arguments and
 * ConfigMaps stay only where they are an image of these pods or the name of a storage provisioner.
 */
export function keepEvidence(objects: readonly JsonObject[]): readonly JsonObject[] {
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const images = new Set(pods.flatMap((pod) => podSurfaces(pod.spec).map(({ image }) => image)));
  const known = new Set([...images, ...objects.flatMap(({ provisioner }) => asText(provisioner) ?? [])]);
  return objects.flatMap((object) => {
    const fields = kept[asText(object.kind) ?? ''];
    if (fields === undefined || (object.kind === 'Secret' && !isOfHelm(object))) return [];
    const rest = asObject(cut(object, { apiVersion: true, kind: true, metadata, ...asFields(fields) }));
    const withSettings = asObject(settings(rest, object, known));
    return [object.kind === 'ConfigMap' ? { ...withSettings, data: podTexts(object, images) } : withSettings];
  });
}

function isOfHelm(secret: JsonObject): boolean {
  return digText(secret, 'metadata', 'labels', 'owner') === 'helm';
}

function asFields(fields: Fields): { readonly [key: string]: Fields } {
  return typeof fields === 'object' && !isList(fields) ? fields : {};
}

function isList(fields: Fields): fields is readonly [Fields] {
  return Array.isArray(fields);
}

function cut(value: Json | undefined, fields: Fields): Json | undefined {
  if (fields === true || value === undefined) return value;
  if (fields === 'text') return typeof value === 'string' ? redact(value) : undefined;
  if (isList(fields))
    return Array.isArray(value) ? value.map((item) => cut(item, fields[0]) ?? null) : undefined;
  const object = asObject(value);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, below]) => {
      const part = Object.hasOwn(object, key) ? cut(object[key], below) : undefined;
      return part === undefined ? [] : [[key, part]];
    }),
  );
}

/** Adds to every container the environment and arguments that name what is known; others keep their place only. */
function settings(
  copy: Json | undefined,
  from: Json | undefined,
  known: ReadonlySet<string>,
): Json | undefined {
  if (Array.isArray(copy)) {
    const source = asList(from);
    return copy.map((item, index) => settings(item, source[index], known) ?? null);
  }
  if (typeof copy !== 'object' || copy === null) return copy;
  const source = asObject(from);
  const below = Object.entries(asObject(copy)).map(([key, value]) => [
    key,
    settings(value, source[key], known),
  ]);
  const env = asList(source.env).map((variable) => {
    const value = digText(variable, 'value') ?? '';
    return { name: digText(variable, 'name') ?? '', ...(known.has(value) ? { value } : {}) };
  });
  const args = knownArguments(asList(source.args), known);
  return {
    ...(Object.fromEntries(below) as JsonObject),
    ...(env.some(({ value }) => value !== undefined) ? { env } : {}),
    ...(args.some((argument) => argument !== '') ? { args } : {}),
  };
}

/** `--flag=VALUE`, or `--flag`, `VALUE`; the places of all others are empty texts. */
function knownArguments(args: readonly Json[], known: ReadonlySet<string>): readonly string[] {
  const texts = args.map((argument) => asText(argument) ?? '');
  return texts.map((argument, index) => {
    const value = argument.slice(argument.indexOf('=') + 1);
    const before = argument.startsWith('-') && known.has(texts[index + 1] ?? '');
    return known.has(value) || before ? argument : '';
  });
}

/** Keys of a ConfigMap that hold a pod with one of these images: that pod, reduced to its images. */
function podTexts({ data }: JsonObject, images: ReadonlySet<string>): JsonObject {
  const texts = Object.entries(asObject(data)).flatMap(([key, text]) => {
    const surfaces = typeof text === 'string' ? surfacesIn(text, key) : [];
    const containers = surfaces
      .filter(({ image }) => images.has(image))
      .map(({ name, image }) => ({ name, image }));
    return containers.length === 0 ? [] : [[key, JSON.stringify({ kind: 'Pod', spec: { containers } })]];
  });
  return Object.fromEntries(texts) as JsonObject;
}

function surfacesIn(text: string, key: string): ReturnType<typeof podSurfaces> {
  try {
    return readYaml(text, key).flatMap(({ value }) => podSurfaces(dig(value, 'spec')));
  } catch (error) {
    if (isError(error, 'PM_FILE_BROKEN')) return [];
    throw error;
  }
}
