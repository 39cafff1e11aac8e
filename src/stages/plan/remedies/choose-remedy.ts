import { sameObject, type Withdrawn } from '../../../core/model/index.ts';
import type { PlanFacts } from '../facts.ts';
import { finishing, whyNotByValues } from './helm-values.ts';
import { refuse, type DraftStep, type Proposal, type Remedy, type Task } from './remedy.ts';

/** The steps of the remedy that was chosen, or why there is none. */
export type Chosen =
  | { readonly ok: true; readonly steps: readonly DraftStep[] }
  | Extract<Proposal, { readonly ok: false }>;

/**
 * Takes the first remedy that is possible and was not withdrawn. When none is, the most lasting one says why: it is
 * what a person would do.
 */
export function choosing(
  remedies: readonly Remedy[],
  facts: PlanFacts,
  withdrawn: readonly Withdrawn[],
): (task: Task) => Chosen {
  return (task) => {
    let first: Extract<Proposal, { readonly ok: false }> | undefined;
    for (const { name, propose } of remedies) {
      const proposal = withdrawnFor(task, name, withdrawn) ?? propose(task, facts);
      if (proposal === undefined) continue;
      if (proposal.ok) {
        const keptBy = first?.manager;
        const notByValues = name === 'object' ? whyNotByValues(task, facts) : undefined;
        const more = name === 'object' ? finishing(task, facts, proposal.steps) : [];
        const steps = [...proposal.steps, ...more].map((step, index) => ({
          ...step,
          remedy: step.remedy ?? name,
          ...(index > 0 || keptBy === undefined ? {} : { keptBy }),
          ...(index > 0 || notByValues === undefined ? {} : { notByValues }),
        }));
        return { ok: true, steps };
      }
      first ??= proposal;
    }
    return first ?? refuse('unknown-owner', task.workload.ref.kind);
  };
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
