import type { Diagnosis } from '../../model/index.ts';
import { actionOf, failureClassInfo, type Remedy } from './classes/index.ts';

/** Remedies that act on the pod: the pause image knows no pod. */
const podRemedies: ReadonlySet<Remedy> = new Set([
  'create-pull-secret',
  'fix-pull-secret-name',
  'if-not-present',
  'fix-image-name',
  'retry-pull',
]);

/**
 * What ends this cause, in the order to try it: the remedies of its class (of a sandbox: of the pause image, then
 * those of the cause inside that can be done on a node). `use-mirror` comes first when a mirror helps, and is left
 * out when it does not.
 */
export function remediesFor(
  diagnosis: Pick<Diagnosis, 'class' | 'variant' | 'inner' | 'mirrorHelps'>,
): readonly Remedy[] {
  const { class: failure, inner, mirrorHelps } = diagnosis;
  const own = actionOf(diagnosis).remedies;
  const within: readonly Remedy[] = inner === undefined ? [] : failureClassInfo[inner].remedies;
  const all = new Set([...own, ...within.filter((remedy) => !podRemedies.has(remedy))]);
  const others = [...all].filter((remedy) => remedy !== 'use-mirror');
  switch (mirrorHelps) {
    case 'yes':
      return failure === 'sandbox-image' ? [...others, 'use-mirror'] : ['use-mirror', ...others];
    case 'no':
      return others;
    case 'maybe':
      return [...all];
  }
}
