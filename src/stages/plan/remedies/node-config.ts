import { parseReference } from '../../../core/image/index.ts';
import {
  isDirect,
  sameObject,
  type NodeSettings,
  type Replacement,
  type Unmended,
} from '../../../core/model/index.ts';
import type { NodeConfigFact, PlanFacts } from '../facts.ts';
import type { DraftStep, Mend, Remedy } from './remedy.ts';

/** The name stays, and the nodes whose pods miss the image ask the mirror that has the copy. */
export const nodeConfig: Remedy = {
  name: 'node-config',
  propose: ({ workload, mends }, { nodeConfigs = [] }) => {
    const facts = nodeConfigs.filter(({ owners }) => owners.some((owner) => sameObject(owner, workload.ref)));
    const steps = stepsOn(facts, mends);
    return steps.length === 0 ? undefined : { ok: true, steps };
  },
};

/** A step for each node that can be told of the mirrors of all these images; none where one cannot be. */
function stepsOn(facts: readonly NodeConfigFact[], mends: readonly Mend[]): readonly DraftStep[] {
  const areTold = facts.every(({ step }) => mends.every((mend) => isTold(step.settings, mend)));
  if (!areTold || mends.some(({ usage, replacement }) => !isDirect(usage.place) || replacement.made === true))
    return [];
  const expect = mends.map(({ usage }) => ({
    place: usage.place,
    container: usage.name,
    imageBefore: usage.image,
    imageAfter: usage.image,
  }));
  return facts.map(({ step }) => ({ ...step, needs: [], expect }));
}

/** The mirror with the copy is among those that the node asks for the image's registry. */
function isTold(settings: NodeSettings, { usage, replacement }: Mend): boolean {
  return serves(settings, usage.reference ?? usage.image, replacement.mirror);
}

function serves({ registries }: NodeSettings, image: string, mirror: string): boolean {
  const { registry, repository } = parseReference(image);
  const mirrors = registries.find((one) => one.registry === registry)?.mirrors ?? [];
  return mirrors.some(
    ({ name, below }) => name === mirror && (below === undefined || repository.startsWith(`${below}/`)),
  );
}

/**
 * What no object can be changed for, a pause image or an ephemeral container: its nodes are told all the same.
 *
 * @returns the steps, and what is left of the entries.
 */
export function forNobody(
  left: readonly Unmended[],
  replacements: readonly Replacement[],
  { nodeConfigs = [] }: PlanFacts,
): { readonly steps: readonly (readonly DraftStep[])[]; readonly left: readonly Unmended[] } {
  const steps: (readonly DraftStep[])[] = [];
  const rest = left.filter((one) => {
    if (one.reason !== 'runtime-config' && one.reason !== 'ephemeral-container') return true;
    const replacement = replacements.find(({ image }) => image === one.image);
    const facts = nodeConfigs.filter(
      ({ node, owners }) => node === one.object.name || owners.some((owner) => sameObject(owner, one.object)),
    );
    const isFit =
      replacement?.made !== true &&
      facts.every(
        ({ step }) => replacement !== undefined && serves(step.settings, one.image, replacement.mirror),
      );
    if (facts.length === 0 || !isFit) return true;
    steps.push(facts.map(({ step }) => ({ ...step, needs: [], expect: [], remedy: 'node-config' })));
    return false;
  });
  return { steps, left: rest };
}

/** Steps about one node become one: it is told once, and every workload's pods prove it. */
export function oncePerNode(remedies: readonly (readonly DraftStep[])[]): readonly (readonly DraftStep[])[] {
  const byNode = new Map<string, NodeDraft>();
  for (const step of remedies.flat()) {
    if (!tellsNode(step)) continue;
    const before = byNode.get(step.node);
    byNode.set(
      step.node,
      before === undefined ? step : { ...before, expect: [...before.expect, ...step.expect] },
    );
  }
  const told = new Set<string>();
  return remedies.map((steps) =>
    steps.flatMap((step) => {
      if (!tellsNode(step)) return step;
      if (told.has(step.node)) return [];
      told.add(step.node);
      return byNode.get(step.node) ?? step;
    }),
  );
}

type NodeDraft = Extract<DraftStep, { readonly settings: NodeSettings }>;

function tellsNode(step: DraftStep): step is NodeDraft {
  return 'settings' in step;
}
