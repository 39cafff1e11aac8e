import type { CopyImageStep, PullSecretStep, Step } from '../../core/model/index.ts';
import type { DraftStep } from './remedies/index.ts';

type Draft = {
  readonly copies?: readonly Omit<CopyImageStep, 'id'>[];
  readonly secrets: readonly Omit<PullSecretStep, 'id'>[];
  readonly remedies: readonly (readonly DraftStep[])[];
};

/**
 * Numbers the steps: copies first, then pull secrets, then each remedy's steps together; what they need is named by
 * its number.
 */
export function numbered({ copies = [], secrets, remedies }: Draft): readonly Step[] {
  const steps: Step[] = copies.map((copy, index) => ({ ...copy, id: id(index) }));
  const copiesFor = ({ expect }: DraftStep): readonly string[] =>
    steps.flatMap((step) =>
      step.kind === 'copy-image' && expect.some(({ imageAfter }) => imageAfter === step.target)
        ? [step.id]
        : [],
    );
  for (const secret of secrets) {
    const users = remedies.flatMap(([first]) =>
      first !== undefined && first.object.namespace === secret.object.namespace ? [copiesFor(first)] : [],
    );
    // A secret that nothing can use without a copy is not made when that fails.
    const [some = [], ...others] = users;
    const needs = some.filter((copy) => others.every((list) => list.includes(copy)));
    steps.push({ ...secret, id: id(steps.length), needs });
  }
  for (const drafts of remedies) {
    const first = steps.length;
    for (const [index, draft] of drafts.entries()) {
      const inSameNamespace = steps.filter(
        (step) => step.kind === 'pull-secret' && step.object.namespace === draft.object.namespace,
      );
      const needs = [
        ...copiesFor(draft),
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
