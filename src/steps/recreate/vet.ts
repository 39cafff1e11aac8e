import type { RecreateStep } from '../../core/model/index.ts';
import { unlawful, type Allowed } from '../allowed.ts';
import { preview } from './preview.ts';

const kinds: readonly string[] = ['Pod', 'Job'];

/** The same object with nothing but its images, policies and pull secrets changed. */
export function vet(step: RecreateStep, allowed: Allowed): string | undefined {
  const { object, before, after } = step;
  if (!kinds.includes(object.kind)) return `${object.kind} is nothing that is made anew`;
  for (const tree of [before, after]) {
    const { name, namespace } = (tree.metadata ?? {}) as { name?: unknown; namespace?: unknown };
    if (tree.kind !== object.kind || name !== object.name || namespace !== object.namespace)
      return `it would make another object than ${object.name} anew`;
  }
  for (const line of preview(step).diff) {
    if (line.shows !== 'field') continue;
    // A list of pull secrets is compared as a whole, though a diff shows its items.
    const path = line.path.replace(/(\/imagePullSecrets)\/.*$/, '$1');
    const isSecrets = path.endsWith('/imagePullSecrets');
    const problem = unlawful(
      {
        path,
        ...(line.before === undefined || isSecrets ? {} : { before: line.before }),
        after: isSecrets ? [] : (line.after ?? null),
      },
      step,
      allowed,
    );
    if (problem !== undefined) return problem;
  }
  return undefined;
}
