import type { PatchStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtClaims, lookAtFollowers, lookAtPods, readObject, type Look } from '../proof/index.ts';
import { lost } from './lost.ts';

/** The fields still hold what was written, and the pods, or the claims, show that it helped. */
export async function prove(step: PatchStep, { api, list }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  const none = { result: 'reverted', final: 'now', proved: 0, expected: 0 } as const;
  if (object === undefined) return { ...none, reason: 'gone' };
  const found = lost(step, object);
  if (found !== undefined) {
    const { at: _at, ...words } = found;
    return { ...none, ...words };
  }
  if (step.followers !== undefined) return await lookAtFollowers(step, object, { api, list });
  return step.claims === undefined
    ? await lookAtPods(object, step.expect, { list })
    : await lookAtClaims(step.claims, api);
}
