import type { PatchStep } from '../../core/model/index.ts';
import { unlawful, type Allowed } from '../allowed.ts';

/** Only images, their pull policies and pull secrets, and settings that name images. */
export function vet(step: PatchStep, allowed: Allowed): string | undefined {
  for (const change of step.changes) {
    const problem = unlawful(change, step, allowed);
    if (problem !== undefined) return problem;
  }
  const other = step.followers?.find(({ object, pods }) =>
    pods.some(({ kind, namespace }) => kind !== 'Pod' || namespace !== object.namespace),
  );
  return other === undefined ? undefined : `it would delete what is no pod of ${other.object.name}`;
}
