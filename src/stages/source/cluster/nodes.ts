import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import {
  normaliseImage,
  repositoryName,
  tryParseReference,
  type Reference,
} from '../../../core/image/index.ts';
import { asList, asObjects, asText, dig, digText } from '../../../core/knowledge/pods/index.ts';
import { mayRunOn } from './placing.ts';
import type { JsonObject } from '../../../core/model/index.ts';

/** What pods meet on the nodes. Empty when the user may not list nodes. */
export type Nodes = {
  readonly count: number;
  /**
   * `os/arch` of the nodes that these pods may land on, sorted: all with the same operating systems as the nodes
   * that they are on, since an image of one never runs on another. With `placings`, where one of these pod specs may run.
   */
  platformsFor(nodeNames: Iterable<string>, placings?: readonly JsonObject[]): readonly string[];
  /** Container runtime, e.g. `containerd://1.6.20`. */
  runtimeOf(node: string | undefined): string | undefined;
  /** Nodes that have this image, by its normalised name; a kubelet tells of its 50 largest. */
  withImage(image: string): readonly string[];
  /** Digests of what nodes keep under this image's name. */
  digestsOf(image: string): NodeDigests;
  /** Nodes that a pod with this spec may run on, and whose images can be changed: ready, Linux, with containerd. */
  changeableFor(spec: JsonObject): readonly string[];
  /** Nodes that are not ready, with what their kubelet says about it. */
  readonly notReady: readonly { readonly name: string; readonly message: string }[];
};

/** What nodes keep under one name, by how they came to it. */
export type NodeDigests = {
  /** The runtime got it under this name: it keeps a digest of the same repository. Also what else has the same content. */
  readonly pulled: readonly string[];
  /** It came under another name, and somebody gave it this one, as `nerdctl tag` does: that proves nothing. */
  readonly named: readonly string[];
};

export async function readNodes(kube: Kube): Promise<Nodes> {
  const objects = await listNodes(kube);
  const nodes = objects.map((node) => ({
    object: node,
    name: digText(node, 'metadata', 'name') ?? '',
    os: digText(node, 'status', 'nodeInfo', 'operatingSystem') ?? 'linux',
    arch: digText(node, 'status', 'nodeInfo', 'architecture'),
    names: asObjects(dig(node, 'status', 'images')).map(({ names }) =>
      asList(names).filter((name) => typeof name === 'string'),
    ),
    runtime: digText(node, 'status', 'nodeInfo', 'containerRuntimeVersion'),
  }));
  return {
    count: nodes.length,
    notReady: objects.flatMap((node) => {
      const ready = asObjects(dig(node, 'status', 'conditions')).find(({ type }) => type === 'Ready');
      if (ready === undefined || ready.status === 'True') return [];
      return [{ name: digText(node, 'metadata', 'name') ?? '', message: asText(ready.message) ?? '' }];
    }),
    changeableFor: (spec) =>
      nodes.flatMap(({ name, os, runtime, object }) => {
        const fits =
          asText(spec.nodeName) === name || (spec.nodeName === undefined && mayRunOn(spec, object));
        const isReady = asObjects(dig(object, 'status', 'conditions')).some(
          ({ type, status }) => type === 'Ready' && status === 'True',
        );
        return fits && isReady && os === 'linux' && runtime?.startsWith('containerd://') === true
          ? [name]
          : [];
      }),
    platformsFor: (nodeNames, placings = [{ tolerations: [{ operator: 'Exists' }] }]) => {
      const names = new Set(nodeNames);
      const systems = new Set(nodes.filter(({ name }) => names.has(name)).map(({ os }) => os));
      const fitting = nodes.filter(
        ({ os, arch }) => arch !== undefined && (systems.size === 0 || systems.has(os)),
      );
      const allowed = fitting.filter(
        ({ name, object }) => names.has(name) || placings.some((spec) => mayRunOn(spec, object)),
      );
      return [
        ...new Set((allowed.length > 0 ? allowed : fitting).map(({ os, arch }) => `${os}/${arch}`)),
      ].toSorted();
    },
    withImage: (image) =>
      nodes
        .filter(({ names }) => names.flat().some((one) => normaliseImage(one) === image))
        .map(({ name }) => name),
    digestsOf: (image) => {
      const entries = nodes
        .flatMap(({ names }) => names)
        .filter((names) => names.some((name) => normaliseImage(name) === image));
      const asked = tryParseReference(image);
      const isPulled = (names: readonly string[]): boolean =>
        asked !== undefined && names.some((name) => isDigestOf(name, asked));
      return {
        pulled: digestsIn(entries.filter(isPulled)),
        named: digestsIn(entries.filter((names) => !isPulled(names))),
      };
    },
    runtimeOf: (node) => nodes.find(({ name }) => name === node)?.runtime,
  };
}

function isDigestOf(name: string, image: Reference): boolean {
  const kept = tryParseReference(name);
  return kept?.digest !== undefined && repositoryName(kept) === repositoryName(image);
}

function digestsIn(entries: readonly (readonly string[])[]): readonly string[] {
  return entries.flat().flatMap((name) => tryParseReference(name)?.digest ?? []);
}

/** `os/arch` of all nodes, sorted; empty when the user may not list nodes. */
export async function nodePlatforms(kube: Kube): Promise<readonly string[]> {
  return (await readNodes(kube)).platformsFor([]);
}

async function listNodes(kube: Kube): Promise<readonly JsonObject[]> {
  try {
    return await kube.list('Node');
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}
