import { runtimeName, tryParseReference } from '../../../core/image/index.ts';
import { objectName, type NodeAlias } from '../../../core/model/index.ts';
import type { PlanFacts } from '../facts.ts';
import { replaceStep } from './patch.ts';
import { remakers } from './remakers.ts';
import { keeperOf, type DraftStep, type Mend, type Proposal, type Remedy, type Task } from './remedy.ts';

/** More nodes are no matter of single names: a mirror is told to their runtimes. */
const maxNodes = 100;

/**
 * The nodes pull the copy and name it as the original: nobody has anything to put back, since no object changes. It does
 * not hold for `Always`, which asks the registry all the same, nor for nodes that come later.
 */
export const onNode: Remedy = {
  name: 'node-alias',
  propose: (task, facts) => {
    const { workload, mends } = task;
    // Nodes are entered where the object was tried and did not hold, or a person said that they may be.
    const isMeant = facts.reverted?.has(objectName(workload.ref)) === true || facts.nodeConfigs !== undefined;
    if (!isMeant) return undefined;
    const nodes = facts.nodesOf?.[objectName(workload.ref)] ?? [];
    if (nodes.length === 0 || nodes.length > maxNodes) return undefined;
    if (keeperOf(workload)?.by === 'deletion' || workload.provisions !== undefined) return undefined;
    const aliases = mends.map((mend) => aliasOf(mend, facts));
    if (aliases.includes(undefined)) return undefined;
    return { ok: true, steps: stepsOf(task, nodes, together(aliases.filter((one) => one !== undefined))) };
  },
};

/** The names that a runtime looks for; with a digest the tag does not count. */
function aliasOf({ usage, replacement }: Mend, { openToNodes }: PlanFacts): NodeAlias | undefined {
  const { place, pullPolicy, within } = usage;
  const isAsked = (place === 'container' || place === 'initContainer') && within === undefined;
  if (!isAsked || pullPolicy === 'Always' || replacement.made === true) return undefined;
  if (openToNodes?.has(replacement.mirror) !== true) return undefined;
  const original = tryParseReference(usage.image);
  if (original === undefined) return undefined;
  // Under the name of a digest nothing else may stand.
  if (original.digest !== undefined && original.digest !== replacement.digest) return undefined;
  return {
    source: replacement.with,
    names: [runtimeName(original)],
    ...(replacement.digest === undefined ? {} : { digest: replacement.digest }),
  };
}

/** One entry for each copy. */
function together(aliases: readonly NodeAlias[]): readonly NodeAlias[] {
  return [...Map.groupBy(aliases, ({ source }) => source).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, names: [...new Set([first, ...others].flatMap(({ names }) => names))] }],
  );
}

function stepsOf(
  { workload, mends }: Task,
  nodes: readonly string[],
  aliases: readonly NodeAlias[],
): Extract<Proposal, { readonly ok: true }>['steps'] {
  const name: DraftStep = {
    kind: 'node-alias',
    object: workload.ref,
    needs: [],
    expect: mends.map(({ usage, replacement }) => ({
      place: usage.place,
      container: usage.name,
      imageBefore: usage.image,
      imageAfter: usage.image,
      ...(replacement.digests === undefined ? {} : { digests: replacement.digests }),
    })),
    nodes,
    aliases,
  };
  // A pod that waits in a long backoff finds the image by itself, minutes later.
  if (!remakers.has(workload.ref.kind) || workload.stuckPods.length === 0) return [name];
  return [name, { ...replaceStep(workload, workload.stuckPods), needs: [0] }];
}
