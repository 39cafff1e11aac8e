import { firstOf } from '../../adapters/oci/index.ts';
import { readYaml } from '../../core/edit/index.ts';
import { apiHost, tryParseReference, type Reference } from '../../core/image/index.ts';
import {
  discoverMirrors,
  isOriginalName,
  kubekeyMirrors,
  kubeSphereMirrors,
  presetsOnHost,
  type ConfiguredMirror,
  type ProposedMirror,
} from '../../core/knowledge/mirrors/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { readNodeMirrors } from './node-mirrors.ts';
import { readPodImages } from './pod-images.ts';
import { readSecretHosts, type SecretHost } from './secret-hosts.ts';
import { readSettings } from './settings.ts';
import { testProposals, type Answer, type Samples } from './test-proposals.ts';
import { manifestsBelow } from '../../stages/source/index.ts';
import { accessOf, guardOf, keychainFor, openClient, type World } from '../../access/index.ts';

export type DiscoverOptions = {
  /** Configurations of installers to read instead of a cluster. */
  readonly files: readonly string[];
  /** Absent: pods of all namespaces. */
  readonly namespace?: string;
  /** Also what the runtimes of nodes are set to: starts a pod on some of them. */
  readonly nodes: boolean;
  /** Ask the mirrors for images, with HEAD. */
  readonly probe: boolean;
  /** Only what pods and nodes tell; settings and secrets are left alone. */
  readonly quick?: boolean;
};

/** Mirrors that a cluster seems to use; nothing is changed. */
export type Discovery = {
  readonly mirrors: readonly ProposedMirror[];
  /** Registries of pull secrets that none of the mirrors explains. */
  readonly hosts: readonly (SecretHost & { readonly presets: readonly string[] })[];
  /** What could not be read. */
  readonly unread: readonly string[];
};

/** Learns the mirrors that a cluster uses from its pods, nodes, settings and pull secrets. */
export async function discover(options: DiscoverOptions, world: World): Promise<Discovery> {
  const { mirrors } = world.outside.mirrors;
  if (options.files.length > 0) {
    const configured = await settingsIn(options.files, world);
    const read = discoverMirrors({ images: [], sameContent: [], wanted: [], configured, mirrors });
    return { mirrors: read, hosts: [], unread: [] };
  }
  const { signal } = world.options;
  const kube = await world.outside.kube();
  const pods = await readPodImages(kube, {
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
    signal,
  });
  const nothing = { configured: [], unread: [] };
  const settings = options.quick === true ? nothing : await readSettings(kube);
  const secrets =
    options.quick === true ? { hosts: [], unread: [] } : await readSecretHosts(kube, pods.pullSecrets);
  const nodes = options.nodes
    ? await readNodeMirrors(kube, registriesOf([...pods.wanted, ...pods.images]), signal, accessOf(world))
    : nothing;
  const configured = [...settings.configured, ...nodes.configured];
  const read = discoverMirrors({ ...pods, configured, mirrors });
  const names = {
    wanted: pods.wanted.filter(isOriginalName),
    others: pods.images.filter(isOriginalName),
  };
  const tested = options.probe ? await tried(read, names, secrets.hosts, world) : read;
  return {
    mirrors: tested.map((it) => withSecret(it, secrets.hosts)),
    hosts: unexplained(
      secrets.hosts,
      tested,
      mirrors.map(({ at }) => at),
    ),
    unread: [...pods.unread, ...settings.unread, ...secrets.unread, ...nodes.unread],
  };
}

/** Hosts of images, those that most images name first. */
function registriesOf(images: readonly string[]): readonly string[] {
  const hosts = images.flatMap((image) => tryParseReference(image)?.registry ?? []);
  const counted = Map.groupBy(hosts, (host) => host);
  return [...counted].toSorted(([, a], [, b]) => b.length - a.length).map(([host]) => host);
}

async function settingsIn(
  paths: readonly string[],
  { options }: World,
): Promise<readonly ConfiguredMirror[]> {
  const { files } = await manifestsBelow(paths, options);
  return files.flatMap(({ file }) =>
    readYaml(file.text, file.path).flatMap(({ value }) => {
      const apiVersion = digText(value, 'apiVersion') ?? '';
      if (apiVersion.startsWith('kubekey.kubesphere.io/v1alpha')) return kubekeyMirrors(value, file.path);
      if (!apiVersion.startsWith('installer.kubesphere.io/')) return [];
      return kubeSphereMirrors(value as JsonObject);
    }),
  );
}

async function tried(
  read: readonly ProposedMirror[],
  names: Samples,
  secrets: readonly SecretHost[],
  world: World,
): Promise<readonly ProposedMirror[]> {
  const { options, outside } = world;
  const plain = read.flatMap(({ mirror }) => (mirror.plainHttp === true ? hostOf(mirror.at ?? '') : []));
  const hosts = Object.fromEntries(plain.map((host) => [host, { plainHttp: true }]));
  const client = openClient({ ...options, hosts: { ...hosts, ...options.hosts } }, outside);
  const sources = { ...options, kube: outside.kube };
  const ask = async (reference: Reference): Promise<Answer> => {
    const own = secrets
      .filter(({ host }) => host === reference.registry)
      .map(({ secret }) => {
        const [namespace = '', name = ''] = secret.split('/');
        return keychainFor({ from: 'secret', namespace, name }, sources);
      });
    const credentials = firstOf(...own, keychainFor({ from: 'docker-config' }, sources));
    const server = `https://${apiHost(reference.registry)}`;
    const reach = await guardOf(world).ask(
      server,
      async () => await client.reach(reference, { credentials, signal: options.signal }),
    );
    if (reach.breaksAt !== undefined) return { result: reach.outcome === 'absent' ? 'absent' : 'no-answer' };
    return { result: 'there', ...(reach.digest === undefined ? {} : { digest: reach.digest }) };
  };
  try {
    return await testProposals(read, names, ask);
  } finally {
    await client.close();
  }
}

/** The secret with which pods pull from the mirror's host. */
function withSecret(proposal: ProposedMirror, secrets: readonly SecretHost[]): ProposedMirror {
  const { mirror, preset } = proposal;
  const found = secrets.find(({ host }) => host === hostOf(mirror.at ?? ''));
  if (found === undefined || preset !== undefined) return proposal;
  return { ...proposal, mirror: { ...mirror, credentials: { secretRef: found.secret } } };
}

function unexplained(
  secrets: readonly SecretHost[],
  proposals: readonly ProposedMirror[],
  configured: readonly string[],
): Discovery['hosts'] {
  const places = [
    ...configured,
    ...proposals.flatMap(({ mirror }) => [mirror.at ?? '', ...Object.values(mirror.aliases ?? {})]),
  ].map(hostOf);
  const left = secrets.filter(({ host }) => !places.includes(host) && !isOriginalName(`${host}/x/x`));
  return left.map((it) => ({ ...it, presets: presetsOnHost(it.host) }));
}

function hostOf(place: string): string {
  return place.split('/', 1).join('');
}
