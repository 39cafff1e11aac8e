import { managersOf } from '../../adapters/kube/index.ts';
import type { JsonObject, PatchStep } from '../../core/model/index.ts';
import type { Noted, RunContext } from '../module.ts';
import { readyPods } from '../proof/index.ts';

/** Who owns the fields that the step will change, and how many pods are ready, in the object as it is. */
export async function note(
  step: PatchStep,
  { api, signal }: Pick<RunContext, 'api' | 'signal'>,
): Promise<Noted> {
  return notedOf(step, await api.get(step.object, { signal }));
}

export function notedOf({ changes, followers }: PatchStep, object: JsonObject): Noted {
  const paths = changes.map(({ path }) => path);
  // The pods that prove it are not its own: none of them has the new image yet.
  if (followers !== undefined) return { managers: managersOf(object, paths) };
  return { ready: readyPods(object), managers: managersOf(object, paths) };
}
