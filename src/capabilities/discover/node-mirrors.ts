import type { Kube } from '../../adapters/kube/index.ts';
import {
  findRuntime,
  NodeAccessError,
  openNode,
  readRoute,
  type NodeAccessOptions,
} from '../../adapters/node/index.ts';
import { parseReference, type Reference } from '../../core/image/index.ts';
import {
  runtimeMirrors,
  type ConfiguredMirror,
  type RouteOfNode,
} from '../../core/knowledge/mirrors/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** Nodes of a cluster are set up alike; one could be broken. */
const maxNodes = 3;

/** Registries that runtimes are given mirrors for, whether an image is taken from them now or not. */
const usualHosts = [
  'docker.io',
  'registry.k8s.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'k8s.gcr.io',
  'mcr.microsoft.com',
];
/** Other registries that are looked up; each is one reading of a file on each node. */
const maxHosts = 20;

/**
 * Mirrors in the settings of container runtimes, read through a pod on each of a few nodes; nothing is pulled.
 *
 * @param hosts registries that pods name, beside the usual ones.
 */
export async function readNodeMirrors(
  kube: Kube,
  hosts: readonly string[],
  signal: AbortSignal,
  access: NodeAccessOptions = {},
): Promise<{ readonly configured: readonly ConfiguredMirror[]; readonly unread: readonly string[] }> {
  const nodes = (await kube.list('Node')).filter(isReady).slice(0, maxNodes);
  const samples = [...new Set([...usualHosts, ...hosts.slice(0, maxHosts)])].map((host) =>
    parseReference(`${host}/pullmend/sample:1`),
  );
  const routes: RouteOfNode[] = [];
  const unread: string[] = [];
  for (const node of nodes) {
    const name = digText(node, 'metadata', 'name') ?? '';
    try {
      routes.push(...(await routesOf(kube, node, samples, { signal, access })));
    } catch (error) {
      if (!(error instanceof NodeAccessError)) throw error;
      unread.push(`Node/${name}: ${error.message}`);
    }
  }
  return { configured: runtimeMirrors(routes), unread };
}

async function routesOf(
  kube: Kube,
  node: JsonObject,
  samples: readonly Reference[],
  { signal, access }: { readonly signal: AbortSignal; readonly access: NodeAccessOptions },
): Promise<readonly RouteOfNode[]> {
  const name = digText(node, 'metadata', 'name') ?? '';
  const shell = await openNode(kube, node, signal, access);
  try {
    const version = digText(node, 'status', 'nodeInfo', 'containerRuntimeVersion') ?? '';
    const runtime = await findRuntime(shell, version);
    const routes: RouteOfNode[] = [];
    for (const image of samples) {
      routes.push({ node: name, image, route: await readRoute(shell, runtime, image) });
    }
    return routes;
  } finally {
    await shell.close();
  }
}

function isReady(node: JsonObject): boolean {
  return asObjects(dig(node, 'status', 'conditions')).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}
