import { withImage, type World } from '../../access/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { runtimeName, tryParseReference } from '../../core/image/index.ts';
import {
  objectName,
  sameObject,
  type NodeLoadStep,
  type ObjectRef,
  type PullFailure,
  type PullProblem,
  type UnmendedReason,
} from '../../core/model/index.ts';
import { plan, type PlanInput } from '../../stages/plan/index.ts';
import { readPlatformImage, type PlatformImage } from '../../steps/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';
import { lackingOn } from './lacking.ts';
import { platformOf } from './plan.ts';

/** No copy can be used: nothing but the image itself helps. */
const withoutCopy: ReadonlySet<UnmendedReason> = new Set([
  'no-copy',
  'mirrors-fail',
  'name-taken',
  'only-different',
  'only-unverified',
  'never-pull',
]);
/** A copy is there, and the object cannot be changed to it, or not for long. */
const withoutObject: ReadonlySet<UnmendedReason> = new Set([
  'managed',
  'admission',
  'static-pod',
  'unknown-owner',
]);

/** More nodes are no matter of images sent to each: those on which pods fail are given them. */
const mostNodes = 100;

/** An image that would help, as it is read. */
type Readable = {
  readonly image: string;
  readonly name: string;
  readonly digest: string;
  readonly nodes: ReadonlySet<string>;
};

/**
 * The input of a plan with what this machine reads of images that nothing else mends, and what the nodes of their pods
 * lack of them. Nodes are entered, and nothing is changed; whom nobody reaches is told.
 */
export async function withLoadFacts(input: PlanInput, world: World): Promise<PlanInput> {
  const readable = wantedImages(input);
  if (readable.length === 0) return input;
  const nodes = [...new Set(readable.flatMap((one) => [...one.nodes]))];
  const kube = await world.outside.kube();
  const platforms = new Map<string, string>();
  const found = new Map<string, Map<string, PlatformImage | undefined>>();
  for (const node of nodes)
    platforms.set(node, platformOf(await kube.get({ apiVersion: 'v1', kind: 'Node', name: node })));
  for (const one of readable) {
    const wanted = new Set([...one.nodes].flatMap((node) => platforms.get(node) ?? []));
    found.set(one.image, await readFor(one, [...wanted], world));
  }
  const lists = await onNodes(nodes, world, async (on, node) => {
    const platform = platforms.get(node) ?? '';
    const own = readable.filter((one) => one.nodes.has(node));
    const lacking = await lackingOn(
      { node, platform, on },
      own.map((one) => ({
        names: [one.name],
        digest: one.digest,
        image: found.get(one.image)?.get(platform),
      })),
    );
    return own.flatMap(({ image }, index) => {
      const lacks = lacking[index];
      if (lacks === undefined || lacks instanceof PullmendError) return [];
      const { bytes, access } = lacks;
      return [{ image, node: { name: node, platform, bytes, access } }];
    });
  });
  tellUnreached(lists, world);
  const given = lists.flatMap((one) => (one.ok ? one.value : []));
  const nodeLoads = readable.flatMap(({ image, digest }) => {
    const of: NodeLoadStep['nodes'] = given.flatMap((one) => (one.image === image ? [one.node] : []));
    return of.length === 0 ? [] : [{ image, digest, nodes: of }];
  });
  return nodeLoads.length === 0 ? input : { ...input, facts: { ...input.facts, nodeLoads } };
}

/** Images that are left alone without this way, that this machine reads, and where they would have to be. */
function wantedImages(input: PlanInput): readonly Readable[] {
  const { problems, supplies, options } = input;
  const left = plan(input).spec.unmended.filter(
    ({ reason }) =>
      withoutCopy.has(reason) ||
      reason === 'reverted' ||
      (options.nodeChanges === true && withoutObject.has(reason)),
  );
  return problems.flatMap((problem): Readable[] => {
    const { image } = problem.spec;
    const own = left.filter((one) => one.image === image);
    const origin = supplies.find((supply) => supply.image === image)?.origin;
    const reference = tryParseReference(image);
    if (own.length === 0 || reference === undefined || !mayHelp(problem)) return [];
    if (origin?.outcome !== 'works' || origin.digest === undefined) return [];
    const nodes = new Set(own.flatMap(({ object }) => nodesFor(object, problem, input)));
    return nodes.size === 0 ? [] : [{ image, name: runtimeName(reference), digest: origin.digest, nodes }];
  });
}

/** Nodes that may not pull it are not helped by having it; those that may never pull are. */
function mayHelp({ status }: PullProblem): boolean {
  const { class: cause, mirrorHelps } = status.diagnosis;
  return mirrorHelps !== 'no' || cause === 'never-pull-absent';
}

/** Where pods of an object may run; of too many the nodes on which they fail. */
function nodesFor(object: ObjectRef, { status }: PullProblem, { inventory }: PlanInput): readonly string[] {
  const own = inventory.workloads.filter(({ ref }) => sameObject(ref, object));
  const refs = own.flatMap((workload) => [workload.ref, ...workload.jobs.map(({ ref }) => ref)]);
  const nodes = [...new Set(refs.flatMap((ref) => inventory.nodesOf?.[objectName(ref)] ?? []))];
  if (nodes.length <= mostNodes) return nodes;
  const failing = new Set(status.failures.flatMap(({ node }: PullFailure) => node ?? []));
  return nodes.filter((node) => failing.has(node));
}

/** The image for each platform; none where it cannot be read after all. */
async function readFor(
  { image, digest }: Readable,
  platforms: readonly string[],
  world: World,
): Promise<Map<string, PlatformImage | undefined>> {
  try {
    return await withImage(image, world, async (repository) => {
      const read = platforms.map(
        async (platform) => [platform, await readPlatformImage(repository, digest, platform)] as const,
      );
      return new Map(await Promise.all(read));
    });
  } catch (error) {
    world.options.signal.throwIfAborted();
    if (!(error instanceof PullmendError)) throw error;
    return new Map();
  }
}

function tellUnreached(lists: readonly OfNode<unknown>[], { options }: World): void {
  for (const one of lists) {
    if (one.ok) continue;
    const { node, error } = one;
    const reason = isError(error, 'PM_NODE_NOT_ENTERED') ? error.params.reason : error.message;
    options.onEvent({ type: 'notice', notice: { what: 'node-not-given', node, reason } });
  }
}
