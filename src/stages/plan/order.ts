import type { PullSecretStep, Step } from '../../core/model/index.ts';
import type { DraftStep } from './remedies/index.ts';

type Draft = {
  readonly secrets: readonly Omit<PullSecretStep, 'id'>[];
  readonly remedies: readonly (readonly DraftStep[])[];
};

/** Numbers the steps: pull secrets first, each remedy's steps together, what they need named by its number. */
export function numbered({ secrets, remedies }: Draft): readonly Step[] {
  const steps: Step[] = secrets.map((secret, index) => ({ ...secret, id: id(index) }));
  for (const drafts of remedies) {
    const first = steps.length;
    for (const [index, draft] of drafts.entries()) {
      const inSameNamespace = steps.filter(
        (step) => step.kind === 'pull-secret' && step.object.namespace === draft.object.namespace,
      );
      const needs = [
        ...inSameNamespace.map((step) => step.id),
        ...draft.needs.map((need) => id(first + need)),
      ];
      steps.push({ ...draft, id: id(first + index), needs });
    }
  }
  return steps;
}

function id(index: number): string {
  return `s${index + 1}`;
}
