import type { Kube } from '../../adapters/kube/index.ts';
import { nodeAccessPermissions, removeLeftovers, type NodeAccessOptions } from '../../adapters/node/index.ts';
import { isError } from '../../core/base/index.ts';
import { apiHost, type Reference } from '../../core/image/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import { verdictOf } from '../../core/knowledge/reach/index.ts';
import type { EndpointReach, JsonObject, PullProblem, ReachReport, Vantage } from '../../core/model/index.ts';
import { isReady, judged, visitNodes, type NodeVisit } from './from-nodes.ts';
import type { RegistryGuard } from '../../access/index.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/** Images with the most pods; a diagnosis of more is about something else than single images. */
const maxImages = 20;
/** Failing nodes that get a debug pod: enough to see whether nodes differ. */
const maxNodes = 8;

export type ProbeDeps = {
  /** Absent for files: no node has tried. */
  readonly kube?: Kube;
  /** Asks the registry itself, from this machine. */
  readonly here: (reference: Reference, blob: string | undefined) => Promise<EndpointReach>;
  readonly guard: RegistryGuard;
  /** How nodes are entered; absent: by the first way that leads there. */
  readonly access?: NodeAccessOptions;
  readonly onProgress: (done: number, total: number, image: string) => void;
  readonly signal: AbortSignal;
};

/** Finds the step at which each pull breaks, from the nodes that fail, from one that does not, and from here. */
export async function probeProblems(problems: readonly PullProblem[], deps: ProbeDeps): Promise<ReachReport> {
  const all = wantedOf(problems);
  const wanted = all.slice(0, maxImages);
  const nodes = await nodeVisits(wanted, deps);
  const [fromNodes, here] = await Promise.all([
    deps.kube === undefined ? [] : visitNodes(deps.kube, nodes.visits, deps),
    fromHere(wanted, deps),
  ]);
  const images = wanted.map(({ problem }, index) => {
    const { image } = problem.spec;
    const own = fromNodes.filter(([name]) => name === image).map(([, vantage]) => vantage);
    const vantages = [...own, ...nodes.refused(problem), ...here.slice(index, index + 1)];
    return { image, verdict: verdictOf(vantages), vantages };
  });
  const { missing, leftOut } = nodes;
  return { images, leftOut: { images: all.length - wanted.length, nodes: leftOut }, missing };
}

async function fromHere(wanted: readonly Wanted[], deps: ProbeDeps): Promise<readonly Vantage[]> {
  let done = 0;
  const asked = wanted.map(async ({ reference, blob, problem }) => {
    const server = `https://${apiHost(reference.registry)}`;
    const reach = await deps.guard.ask(server, async () => await deps.here(reference, blob));
    deps.onProgress((done += 1), wanted.length, problem.spec.image);
    return judged([reach]);
  });
  return await Promise.all(asked);
}

type Nodes = {
  readonly visits: readonly NodeVisit[];
  readonly leftOut: number;
  readonly missing: readonly string[];
  /** What is told of failing nodes that may not be entered. */
  readonly refused: (problem: PullProblem) => readonly Vantage[];
};

async function nodeVisits(wanted: readonly Wanted[], { kube, access }: ProbeDeps): Promise<Nodes> {
  const names = [...new Set(wanted.flatMap(({ problem }) => problem.status.nodes))];
  const nobody: Nodes = { visits: [], leftOut: 0, missing: [], refused: () => [] };
  if (kube === undefined || names.length === 0) return nobody;
  const missing = await missingRights(kube, access);
  if (missing.length > 0) {
    const unprobed = { reason: 'forbidden' as const, detail: missing.join(', ') };
    const refused = ({ status }: PullProblem) =>
      status.nodes.map((node) => ({ node, endpoints: [], works: false, unprobed }));
    return { ...nobody, missing, refused };
  }
  if (access?.way === undefined || access.way === 'pod') await removeLeftovers(kube);
  const nodes = await kube.list('Node');
  const failing = nodes.filter((node) => names.includes(nameOf(node)));
  const chosen = failing.slice(0, maxNodes);
  const other = nodes.find((node) => !failing.includes(node) && isReady(node) && isLinux(node));
  const entered = [...chosen, ...(other === undefined ? [] : [other])];
  const visits = entered.map((node) => ({
    node,
    wanted: wanted.filter((one) => fails(one, node) || isComparison(one, node, entered)),
  }));
  const needed = visits.filter((visit) => visit.wanted.length > 0);
  return { ...nobody, visits: needed, leftOut: failing.length - chosen.length };
}

function fails({ problem }: Wanted, node: JsonObject): boolean {
  return problem.status.nodes.includes(nameOf(node));
}

/** Each image is asked for from one node on which it does not fail, to see whether nodes differ. */
function isComparison(wanted: Wanted, node: JsonObject, entered: readonly JsonObject[]): boolean {
  return entered.findLast((one) => !fails(wanted, one) && isReady(one)) === node;
}

/** Rights that are missing; a WebSocket takes `get pods/exec` before Kubernetes 1.35 and `create` since. */
async function missingRights(kube: Kube, access?: NodeAccessOptions): Promise<readonly string[]> {
  // Who named another way needs no debug pod.
  const ofPods = access?.way === 'ssh' || access?.way === 'local' ? [] : nodeAccessPermissions;
  const needed = [...ofPods, { verb: 'list', resource: 'nodes' }];
  const answers = await Promise.all(
    needed.map(async (permission) => ({ ...permission, allowed: await allowed(kube, permission) })),
  );
  const mayExec = answers.some((answer) => answer.resource === 'pods/exec' && answer.allowed);
  return answers
    .filter((answer) => !answer.allowed && !(answer.resource === 'pods/exec' && mayExec))
    .map(
      (answer) =>
        `${answer.verb} ${answer.resource}${'namespace' in answer ? ` in ${answer.namespace}` : ''}`,
    );
}

async function allowed(kube: Kube, permission: Parameters<Kube['can']>[0]): Promise<boolean> {
  try {
    return await kube.can(permission);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return false;
    throw error;
  }
}

function nameOf(node: JsonObject): string {
  return digText(node, 'metadata', 'name') ?? '';
}

function isLinux(node: JsonObject): boolean {
  return digText(node, 'status', 'nodeInfo', 'operatingSystem') !== 'windows';
}
