import type { World } from '../../access/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import type { PullFailure, PullProblem, UnmendedReason } from '../../core/model/index.ts';
import { plan, type PlanInput } from '../../stages/plan/index.ts';
import { onNodes } from './on-nodes.ts';
import { draftFor } from './plan.ts';
import { wantedSettings } from './wanted.ts';

/** What the object cannot be changed for, or not for long, and what no object names. */
const forNodes: ReadonlySet<UnmendedReason> = new Set([
  'managed',
  'reverted',
  'admission',
  'static-pod',
  'unknown-owner',
  'ephemeral-container',
  'runtime-config',
]);

/**
 * The input of a plan with what nodes would be told, where the objects alone do not suffice and a person allowed that
 * nodes are changed. Only nodes with failing pods are entered.
 */
export async function withNodeFacts(input: PlanInput, world: World): Promise<PlanInput> {
  if (input.options.nodeChanges !== true) return input;
  const left = plan(input).spec.unmended.filter(({ reason }) => forNodes.has(reason));
  const images = new Set(left.map(({ image }) => image));
  const failures = input.problems.filter(({ spec }) => images.has(spec.image)).flatMap(failuresOf);
  const nodes = [...new Set(failures.flatMap(({ node }) => node ?? []))];
  const registries = [...new Set([...images].flatMap((image) => tryParseReference(image)?.registry ?? []))];
  if (nodes.length === 0 || registries.length === 0) return input;
  const { settings } = await wantedSettings({ registries }, world);
  const drafts = await onNodes(nodes, world, async (on, node) => await draftFor(node, settings, on));
  const nodeConfigs = drafts.flatMap((draft) => {
    if (!draft.ok) {
      world.options.onEvent({
        type: 'notice',
        notice: { what: 'node-not-told', node: draft.node, reason: draft.error.message },
      });
      return [];
    }
    const { step } = draft.value;
    const owners = failures.flatMap(({ node, owner }) => (node === draft.node ? [owner] : []));
    return step === undefined ? [] : [{ node: draft.node, owners, step }];
  });
  return { ...input, facts: { ...input.facts, nodeConfigs } };
}

function failuresOf({ status }: PullProblem): readonly PullFailure[] {
  return status.failures;
}
