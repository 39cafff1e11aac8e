import { sameObject, type Withdrawn } from '../../../core/model/index.ts';
import type { PlanFacts } from '../facts.ts';
import { finishing, whyNotByValues } from './helm-values.ts';
import { refuse, type DraftStep, type Mend, type Proposal, type Remedy, type Task } from './remedy.ts';

/** The steps of the remedy that was chosen, or why there is none. */
export type Chosen =
  | {
      readonly ok: true;
      readonly steps: readonly DraftStep[];
      /** What no way was found for, beside what is mended. */
      readonly left?: { readonly mends: readonly Mend[]; readonly why: Refusal };
    }
  | Refusal;
type Refusal = Extract<Proposal, { readonly ok: false }>;

/**
 * Takes the first remedy that is possible and was not withdrawn. When none is, the most lasting one says why: it is
 * what a person would do.
 */
export function choosing(
  remedies: readonly Remedy[],
  facts: PlanFacts,
  withdrawn: readonly Withdrawn[],
): (task: Task) => Chosen {
  return (task) => chosenOf(task, remedies, facts, withdrawn);
}

function chosenOf(
  task: Task,
  remedies: readonly Remedy[],
  facts: PlanFacts,
  withdrawn: readonly Withdrawn[],
): Chosen {
  let first: Refusal | undefined;
  for (const [at, { name, propose }] of remedies.entries()) {
    const proposal = withdrawnFor(task, name, withdrawn) ?? propose(task, facts);
    if (proposal === undefined) continue;
    if (proposal.ok) {
      const keptBy = first?.manager;
      const notByValues = name === 'object' ? whyNotByValues(task, facts) : undefined;
      const finish = name === 'object' ? finishing(task, facts, proposal.steps) : [];
      const steps = [...proposal.steps, ...finish].map((step, index) => ({
        ...step,
        remedy: step.remedy ?? name,
        ...(index > 0 || keptBy === undefined ? {} : { keptBy }),
        ...(index > 0 || notByValues === undefined ? {} : { notByValues }),
      }));
      const { rest } = proposal;
      if (rest === undefined) return { ok: true, steps };
      // What is changed in the object itself was made ready for all of it: the other ways read the mends alone.
      const others = chosenOf(
        { ...task, mends: rest, changes: [] },
        remedies.slice(at + 1),
        facts,
        withdrawn,
      );
      if (!others.ok) return { ok: true, steps, left: { mends: rest, why: others } };
      const more = others.steps.map((step) => ({
        ...step,
        needs: step.needs.map((need) => need + steps.length),
      }));
      return { ...others, steps: [...steps, ...more] };
    }
    first ??= proposal;
  }
  return first ?? refuse('unknown-owner', task.workload.ref.kind);
}

/** It was tried, and somebody wrote over it. */
function withdrawnFor(
  { workload }: Task,
  name: Remedy['name'],
  withdrawn: readonly Withdrawn[],
): Proposal | undefined {
  const one = withdrawn.find(({ object, remedy }) => remedy === name && sameObject(object, workload.ref));
  if (one === undefined) return undefined;
  if (one.by === undefined) return refuse('reverted');
  return { ok: false, reason: 'reverted', manager: { by: 'writer', name: one.by } };
}
