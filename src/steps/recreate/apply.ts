import { asReplaced, replaceObject, tryReplace } from '../../adapters/kube/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject, RecreateStep, Untried } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';
import { readyPods } from '../proof/index.ts';
import { replacementOf } from './replacement.ts';

/** Deletes the object and creates it anew as planned. */
export async function apply(step: RecreateStep, context: RunContext): Promise<StepResult> {
  const { api, dryRun, run, signal } = context;
  if (dryRun) {
    await attempt(step, context);
    return {};
  }
  let ready = 0;
  const planned = replacementOf(step, run);
  const check = (live: JsonObject): void => {
    planned.check?.(live);
    ready = readyPods(live);
  };
  const result = await replaceObject(api, { ...planned, check }, { signal });
  if (result.outcome === 'put-back') return { ...uidOf(result.object), refused: result.error };
  return { ready, ...uidOf(asReplaced(result)) };
}

/** Everything but the writes. Errors: those with which the step would end. */
export async function attempt(
  step: RecreateStep,
  { api, run, signal }: Pick<RunContext, 'api' | 'run' | 'signal'>,
): Promise<readonly Untried[]> {
  const { untried } = await tryReplace(api, replacementOf(step, run), { signal });
  return untried;
}

function uidOf(object: JsonObject): { readonly uid?: string } {
  const uid = readField(object, '/metadata/uid');
  return typeof uid === 'string' ? { uid } : {};
}
