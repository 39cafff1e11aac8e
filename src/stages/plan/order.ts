import type { CopyImageStep, PullSecretStep, Step } from '../../core/model/index.ts';
import type { DraftStep } from './remedies/index.ts';

type Draft = {
  readonly copies?: readonly Omit<CopyImageStep, 'id'>[];
  readonly secrets: readonly Omit<PullSecretStep, 'id'>[];
  readonly remedies: readonly (readonly DraftStep[])[];
  /** What answers for the writes of those that come after it. */
  readonly isGate?: (step: DraftStep) => boolean;
  /** Steps of earlier plans of the same command: their names are taken. */
  readonly after?: number;
};

/**
 * Numbers the steps: copies first, then pull secrets, then each remedy's steps together; what they need is named by
 * its number.
 */
export function numbered({
  copies = [],
  secrets,
  remedies,
  isGate = () => false,
  after = 0,
}: Draft): readonly Step[] {
  const id = (index: number): string => `s${after + index + 1}`;
  const made = copies.map((copy, index) => ({ ...copy, id: id(index) }));
  const copiesFor = ({ expect }: DraftStep): readonly string[] =>
    made
      .filter(({ target }) => expect.some(({ imageAfter }) => imageAfter === target))
      .map((copy) => copy.id);
  const given = secrets.map((secret, index) => {
    const users = remedies.flatMap(([first]) =>
      first !== undefined && first.object.namespace === secret.object.namespace ? [copiesFor(first)] : [],
    );
    // A secret that nothing can use without a copy is not made when that fails.
    const [some = [], ...others] = users;
    const needs = some.filter((copy) => others.every((list) => list.includes(copy)));
    return { ...secret, id: id(made.length + index), needs };
  });
  const steps: Step[] = [...made, ...given];
  const gates: string[] = [];
  for (const drafts of remedies) {
    const first = steps.length;
    const follows = [...gates];
    for (const [index, draft] of drafts.entries()) {
      const { namespace } = draft.object;
      // A secret that cannot be made keeps nothing back that pulls from elsewhere.
      const secretsThere = given.filter(
        ({ object, host }) => object.namespace === namespace && JSON.stringify(draft).includes(`"${host}/`),
      );
      const needs = [
        ...copiesFor(draft),
        ...secretsThere.map((secret) => secret.id),
        ...draft.needs.map((need) => id(first + need)),
      ];
      steps.push({ ...draft, id: id(first + index), needs, ...(follows.length === 0 ? {} : { follows }) });
      if (isGate(draft)) gates.push(id(first + index));
    }
  }
  return steps;
}
