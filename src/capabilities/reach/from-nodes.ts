import pLimit from 'p-limit';
import type { Kube } from '../../adapters/kube/index.ts';
import {
  findRuntime,
  NodeAccessError,
  openNode,
  reachFromNode,
  readNodeState,
  readRoute,
  type NodeAccessOptions,
  type NodeShell,
  type Runtime,
} from '../../adapters/node/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import { unusedFor } from '../../core/node-config/index.ts';
import { endpointServer } from '../../core/knowledge/runtimes/index.ts';
import type { EndpointReach, JsonObject, UnusedSetting, Vantage } from '../../core/model/index.ts';
import type { RegistryGuard } from '../../access/index.ts';
import type { Wanted } from './wanted.ts';

/** Debug pods at a time. */
const concurrency = 4;

/** A node to ask from, and what for. */
export type NodeVisit = {
  readonly node: JsonObject;
  readonly wanted: readonly Wanted[];
};

export type VisitTools = {
  readonly guard: RegistryGuard;
  /** How nodes are entered; absent: by the first way that leads there. */
  readonly access?: NodeAccessOptions;
  readonly signal: AbortSignal;
};

/** What each node sees of each image, by the image. */
export async function visitNodes(
  kube: Kube,
  visits: readonly NodeVisit[],
  tools: VisitTools,
): Promise<readonly (readonly [image: string, vantage: Vantage])[]> {
  const limit = pLimit(concurrency);
  const all = visits.map((visit) => limit(async () => await visitNode(kube, visit, tools)));
  // A run that is stopped waits until every debug pod is removed again.
  const ended = await Promise.allSettled(all);
  return ended.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

async function visitNode(
  kube: Kube,
  visit: NodeVisit,
  { guard, signal, access }: VisitTools,
): Promise<readonly (readonly [string, Vantage])[]> {
  const node = digText(visit.node, 'metadata', 'name') ?? '';
  const base = ({ problem }: Wanted) => ({
    node,
    ...(problem.status.nodes.includes(node) ? {} : { healthy: true }),
  });
  let shell: NodeShell | undefined;
  try {
    if (!isReady(visit.node)) throw new NodeAccessError('not-ready', 'its kubelet does not report');
    shell = await openNode(kube, visit.node, signal, access);
    const seen: (readonly [string, Vantage])[] = [];
    for (const wanted of visit.wanted) {
      seen.push([
        wanted.problem.spec.image,
        { ...base(wanted), ...(await look(shell, visit.node, wanted, guard)) },
      ]);
    }
    return seen;
  } catch (error) {
    if (!(error instanceof NodeAccessError)) throw error;
    const unprobed = { reason: error.reason, detail: error.message };
    return visit.wanted.map((wanted) => [
      wanted.problem.spec.image,
      { ...base(wanted), endpoints: [], works: false, unprobed },
    ]);
  } finally {
    await shell?.close();
  }
}

async function look(
  shell: NodeShell,
  node: JsonObject,
  wanted: Wanted,
  guard: RegistryGuard,
): Promise<Omit<Vantage, 'node' | 'healthy'>> {
  const version = digText(node, 'status', 'nodeInfo', 'containerRuntimeVersion') ?? '';
  const runtime = await findRuntime(shell, version);
  const { reference, blob } = wanted;
  const route = await readRoute(shell, runtime, reference);
  const { files } = route;
  if (!runtime.hasCurl) {
    const unprobed = { reason: 'no-curl' as const, detail: 'there is no curl on it' };
    return { access: shell.access, endpoints: [], files, works: false, unprobed };
  }
  const endpoints: EndpointReach[] = [];
  for (const endpoint of route.endpoints) {
    const ask = async () => await reachFromNode(shell, runtime, { reference, endpoint, blob });
    const found = await guard.ask(endpointServer(endpoint), ask);
    endpoints.push(withPlatform({ ...found, mirror: endpoint.mirror }, wanted));
  }
  const unused = await unusedOn(shell, runtime, version, reference.registry);
  return { access: shell.access, files, ...(unused.length === 0 ? {} : { unused }), ...judged(endpoints) };
}

/** What is set for the registry and not used; a file that cannot be read tells nothing. */
async function unusedOn(
  shell: NodeShell,
  runtime: Runtime,
  version: string,
  registry: string,
): Promise<readonly UnusedSetting[]> {
  try {
    return unusedFor(registry, await readNodeState(shell, runtime, version));
  } catch (error) {
    if (!(error instanceof NodeAccessError)) throw error;
    return [];
  }
}

/** The runtime told that no manifest fits; which platforms there are takes a pull to know. */
function withPlatform(reach: EndpointReach, { platform }: Wanted): EndpointReach {
  if (platform === undefined || reach.breaksAt !== undefined) return reach;
  const broken = { step: 'platform', result: 'broken', detail: platform } as const;
  return {
    ...reach,
    breaksAt: 'platform',
    steps: reach.steps.map((one) => (one.step === 'platform' ? broken : one)),
  };
}

/** A runtime goes on to the next server when one fails; the last is the registry itself. */
export function judged(
  endpoints: readonly EndpointReach[],
): Pick<Vantage, 'endpoints' | 'works' | 'breaksAt'> {
  const works = endpoints.some(({ breaksAt }) => breaksAt === undefined);
  const breaksAt = endpoints.at(-1)?.breaksAt;
  return { endpoints, works, ...(works || breaksAt === undefined ? {} : { breaksAt }) };
}

export function isReady(node: JsonObject): boolean {
  const ready = asObjects(dig(node, 'status', 'conditions')).find(({ type }) => type === 'Ready');
  return ready?.status === 'True';
}
