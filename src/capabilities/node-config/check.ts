import { quoted, reachFromNode, type Runtime } from '../../adapters/node/index.ts';
import type { NodeOn, World } from '../../access/index.ts';
import { parseReference, tryParseReference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import { dig, podSurfaces } from '../../core/knowledge/pods/index.ts';
import { resolverRequests, type ResolverRequest } from '../../core/knowledge/runtimes/index.ts';
import {
  hostAddress,
  hostRoots,
  routeIn,
  unusedSettings,
  type NodeState,
} from '../../core/node-config/index.ts';
import type { JsonObject, NodeMirror, RegistryMirrors, UnusedSetting } from '../../core/model/index.ts';
import { onNodes, type OfNode } from './on-nodes.ts';
import { wantedSettings, type NodeConfigOptions } from './wanted.ts';

/**
 * `used`: the mirror was asked first and gave the image; `lacks`: it has not this image; `refuses`: it answered, but not
 * with images; `silent`: nobody answered there; `unused`: it was not asked.
 */
export type CanaryResult = 'used' | 'lacks' | 'refuses' | 'silent' | 'unused';

/** One registry on one node: an image of it was looked up as a pull would. */
export type Canary = {
  readonly registry: string;
  readonly mirror: string;
  readonly image: string;
  readonly result: CanaryResult;
  /** What was asked, first to last, with `ns`. */
  readonly requests: readonly ResolverRequest[];
};

export type NodeCheck = { readonly canaries: readonly Canary[]; readonly unused: readonly UnusedSetting[] };

export type NodeCheckOptions = NodeConfigOptions & {
  /** An image to look up, in place of one that pods name. */
  readonly images?: readonly string[];
};

/** Whether nodes really ask the mirrors that they are told: an image of each registry is looked up there. */
export async function checkNodeConfig(
  names: readonly string[],
  options: NodeCheckOptions,
  world: World,
): Promise<readonly OfNode<NodeCheck>[]> {
  const { settings } = await wantedSettings(options, world);
  const images = await imagesFor(settings.registries, options.images ?? [], world);
  return await onNodes(names, world, async (on) => {
    const state = await on.read();
    const canaries: Canary[] = [];
    for (const registry of settings.registries) {
      const image = images.get(registry.registry);
      if (image !== undefined) canaries.push(await lookUp(on, state, registry, image));
    }
    return { canaries, unused: unusedSettings(state) };
  });
}

/** An image of each registry: the one that was given, one that pods run, or one that everybody has. */
async function imagesFor(
  registries: readonly RegistryMirrors[],
  given: readonly string[],
  { outside }: World,
): Promise<ReadonlyMap<string, string>> {
  const pods = given.length > 0 ? [] : await (await outside.kube()).list('Pod');
  const named = [...given, ...pods.flatMap(imagesOf)].map((image) => parseReference(image));
  const { mirrors } = outside.mirrors;
  return new Map(
    registries.map(({ registry }) => {
      const own = named.filter((one) => one.registry === registry);
      const served = own.find((one) => mirrors.some((mirror) => mirrorReference(mirror, one) !== undefined));
      const { repository, tag, digest } =
        served ?? own[0] ?? parseReference(`${registry}/library/busybox:latest`);
      return [
        registry,
        `${registry}/${repository}${digest === undefined ? `:${tag ?? 'latest'}` : `@${digest}`}`,
      ];
    }),
  );
}

function imagesOf(pod: JsonObject): readonly string[] {
  return podSurfaces(dig(pod, 'spec')).flatMap(({ image }) =>
    tryParseReference(image) === undefined ? [] : [image],
  );
}

async function lookUp(
  on: NodeOn,
  state: NodeState,
  { registry, mirrors }: RegistryMirrors,
  image: string,
): Promise<Canary> {
  const requests =
    state.runtime === 'containerd' ? await byResolver(on, state, image) : await byCurl(on, state, image);
  const asked = requests.find(({ url }) => mirrors.some((mirror) => isAt(url, mirror)));
  const mirror = mirrors.find((one) => asked !== undefined && isAt(asked.url, one)) ?? mirrors[0];
  return { registry, mirror: mirror?.name ?? '', image, result: resultOf(asked), requests };
}

function isAt(url: string, mirror: NodeMirror): boolean {
  return url.startsWith(`${hostAddress(mirror)}/`);
}

function resultOf(request: ResolverRequest | undefined): CanaryResult {
  if (request === undefined) return 'unused';
  if (request.status === undefined) return 'silent';
  if (request.status === 404) return 'lacks';
  return request.status < 300 ? 'used' : 'refuses';
}

/** Long enough for a mirror that does not answer; containerd itself waits 30 s to connect. */
const lookSeconds = 45;
/** No content has it: what is looked up is found, and nothing is fetched. */
const noContent = `sha256:${'0'.repeat(64)}`;

/**
 * Looks an image up with containerd's own resolver and the folders that its CRI plug-in is set to, as a pull does; the
 * content is never asked for. In a namespace of its own, in which nothing is left.
 */
async function byResolver(on: NodeOn, state: NodeState, image: string): Promise<readonly ResolverRequest[]> {
  const [folder = ''] = hostRoots(state);
  if (folder === '') return await byCurl(on, state, image);
  const command = [
    `timeout ${lookSeconds} ctr --debug --namespace pullmend-canary content fetch-object`,
    `--hosts-dir ${quoted(folder)} --http-trace ${quoted(image)} ${noContent}`,
  ].join(' ');
  const { stdout, stderr } = await on.shell.run(
    inNode(on.runtime, `${command} 2>&1; ctr namespaces remove pullmend-canary >/dev/null 2>&1`),
  );
  return resolverRequests(`${stdout}\n${stderr}`);
}

/** In the runtime's own view of files and network. */
function inNode({ pid, env }: Runtime, script: string): string {
  const set = Object.entries(env).filter(([key]) => /^\w+$/.test(key));
  const proxy = set.map(([key, value]) => `export ${key}=${quoted(value)}`);
  return `chroot "/proc/${pid}/root" /bin/sh -c ${quoted([...proxy, script].join('\n'))}`;
}

/** The same with curl, at the servers that the settings name. */
async function byCurl(on: NodeOn, state: NodeState, image: string): Promise<readonly ResolverRequest[]> {
  const reference = parseReference(image);
  const found: ResolverRequest[] = [];
  for (const endpoint of routeIn(state, reference).endpoints) {
    const reach = await reachFromNode(on.shell, on.runtime, { reference, endpoint });
    const broken = reach.steps.find(({ result }) => result === 'broken');
    const [, status] = /→ (\d{3})\b/.exec(broken?.detail ?? '→ 200') ?? [];
    const query = endpoint.namespace === undefined ? '' : `?ns=${endpoint.namespace}`;
    found.push({
      method: 'HEAD',
      url: `${endpoint.repository}/manifests/${reference.digest ?? reference.tag ?? 'latest'}${query}`,
      ...(status === undefined ? { error: broken?.detail ?? '' } : { status: Number(status) }),
    });
    if (broken === undefined) break;
  }
  return found;
}
