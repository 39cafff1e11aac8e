import { runtimeName, tryParseReference } from '../../../core/image/index.ts';
import { isDirect, objectName, type Usage } from '../../../core/model/index.ts';
import type { NodeLoadFact, PlanFacts } from '../facts.ts';
import { policyPath } from '../policy-path.ts';
import { inObject } from './on-object.ts';
import { replaceStep } from './patch.ts';
import {
  keeperOf,
  refuse,
  type DraftStep,
  type Mend,
  type Proposal,
  type Remedy,
  type Task,
} from './remedy.ts';
import { remakers } from './remakers.ts';

/**
 * This machine reads the image and sends it to the nodes under its own name: no mirror is needed, and no object changes
 * but one that asks the registry at each start.
 */
export const nodeLoad: Remedy = {
  name: 'node-load',
  propose: (task, facts) => {
    const { workload, mends } = task;
    const alone = mends.filter(({ otherwise }) => otherwise !== undefined);
    // Copies that are there are given to nodes where the object did not hold, or a person said that nodes may be changed.
    const isMeant = facts.reverted?.has(objectName(workload.ref)) === true || facts.nodeConfigs !== undefined;
    const isOver = keeperOf(workload)?.by === 'deletion' || workload.provisions !== undefined;
    const all = isMeant && !isOver && !mends.some(asksAlways) ? loadsFor(task, mends, facts) : undefined;
    if (all !== undefined) return { ok: true, steps: withoutChange(task, all, facts) };
    if (alone.length === 0) return undefined;
    const loads = isOver ? undefined : loadsFor(task, alone, facts);
    if (loads === undefined) return leftAlone(alone);
    if (task.changes.length === 0 && !alone.some(asksAlways))
      return { ok: true, steps: withoutChange(task, loads, facts) };
    return withChange(task, alone, loads);
  },
};

/** Nodes can be given what a container itself names. */
export function canBeGiven({ place, within }: Usage): boolean {
  return isDirect(place) && place !== 'ephemeralContainer' && within === undefined;
}

/** What each image is, and the nodes of the workload that can be given it; undefined where one image can get to none. */
function loadsFor({ workload }: Task, mends: readonly Mend[], facts: PlanFacts): Loads | undefined {
  const nodes = new Set(facts.nodesOf?.[objectName(workload.ref)] ?? []);
  const steps = [...Map.groupBy(mends, imageOf)].map(([image, own]) => {
    const fact = facts.nodeLoads?.find((one) => one.image === image);
    const reference = tryParseReference(image);
    const targets = fact?.nodes.filter(({ name }) => nodes.has(name)) ?? [];
    if (fact === undefined || reference === undefined || targets.length === 0) return undefined;
    if (!own.every(({ usage }) => canBeGiven(usage))) return undefined;
    return { ...loadStep(own, fact, targets, workload), names: [runtimeName(reference)] };
  });
  return steps.includes(undefined) ? undefined : steps.filter((step) => step !== undefined);
}

type Loads = readonly Extract<DraftStep, { readonly kind: 'node-load' }>[];

function loadStep(
  mends: readonly Mend[],
  { image, digest }: NodeLoadFact,
  nodes: NodeLoadFact['nodes'],
  { ref }: Task['workload'],
): Omit<Loads[number], 'names'> {
  return {
    kind: 'node-load',
    object: ref,
    needs: [],
    expect: mends.map(({ usage }) => ({
      place: usage.place,
      container: usage.name,
      imageBefore: usage.image,
      imageAfter: usage.image,
    })),
    source: image,
    digest,
    nodes,
  };
}

/**
 * The pods find the image under its name. A kubelet that has tried for long looks again only minutes later, so that pods
 * which somebody makes anew are deleted, unless something runs in them or they might come to a node that got nothing.
 */
function withoutChange({ workload }: Task, loads: Loads, { nodesOf }: PlanFacts): readonly DraftStep[] {
  const waiting = workload.stuckPods.filter(({ running = [] }) => running.length === 0);
  const everywhere = nodesOf?.[objectName(workload.ref)] ?? [];
  const reached = loads.every(({ nodes }) => nodes.length >= everywhere.length);
  if (!reached || waiting.length === 0 || !remakers.has(workload.ref.kind)) return loads;
  return [...loads, { ...replaceStep(workload, waiting), needs: loads.map((_, index) => index) }];
}

/** Nodes get the images first, then the object changes what keeps pods from using them. */
function withChange(task: Task, alone: readonly Mend[], loads: Loads): Proposal {
  const paths = new Set(task.changes.map(({ path }) => path));
  const deaf = alone.some((mend) => asksAlways(mend) && !paths.has(policyPath(mend.usage)));
  // Where only the pods have it, admission puts it there, and another policy in the object changes nothing.
  if (deaf) return refuse('always-load');
  const changed = inObject(task);
  if (!changed.ok) {
    const { manager } = changed;
    if (manager === undefined) return changed;
    return alone.some(asksAlways) ? { ok: false, reason: 'always-load', manager } : leftAlone(alone);
  }
  const steps = changed.steps.map((step) => ({
    ...step,
    needs: [...loads.map((_, index) => index), ...step.needs.map((need) => loads.length + need)],
  }));
  return { ok: true, steps: [...loads, ...steps] };
}

function asksAlways({ usage }: Mend): boolean {
  return usage.pullPolicy === 'Always';
}

function leftAlone([first]: readonly Mend[]): Proposal {
  const { reason = 'no-copy', detail } = first?.otherwise ?? {};
  return refuse(reason, detail);
}

function imageOf({ usage }: Mend): string {
  return usage.reference ?? usage.image;
}

function sends(step: DraftStep): step is Loads[number] {
  return 'source' in step;
}

/** What one step sends is there for the next: bytes are told once for each image and node. */
export function sentOnce(remedies: readonly (readonly DraftStep[])[]): readonly (readonly DraftStep[])[] {
  const sent = new Set<string>();
  return remedies.map((steps) =>
    steps.map((step) => {
      if (!sends(step)) return step;
      const nodes = step.nodes.map((node) => {
        const key = `${node.name} ${step.digest}`;
        const again = sent.has(key);
        sent.add(key);
        return again ? { ...node, bytes: 0 } : node;
      });
      return { ...step, nodes };
    }),
  );
}
