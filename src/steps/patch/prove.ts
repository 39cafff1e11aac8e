import { fieldState, readField } from '../../core/edit/index.ts';
import type { JsonObject, PatchStep, Verdict } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtClaims, lookAtPods, readObject, type Look } from '../proof/index.ts';

/** The fields still hold what was written, and the pods, or the claims, show that it helped. */
export async function prove(step: PatchStep, { api, list }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  const reverted = object === undefined ? ({ reason: 'gone' } as const) : revertedBy(step, object);
  if (object === undefined || reverted !== undefined)
    return { result: 'reverted', final: 'now', proved: 0, expected: 0, ...reverted };
  return step.claims === undefined
    ? await lookAtPods(object, step.expect, { list })
    : await lookAtClaims(step.claims, api);
}

/** Who wrote a field after pullmend did, from `managedFields`; undefined while every field holds. */
function revertedBy(
  step: PatchStep,
  object: JsonObject,
): Pick<Verdict, 'reason' | 'detail' | 'by'> | undefined {
  const lost = step.changes.find((change) => fieldState(object, change) !== 'after');
  if (lost === undefined) return undefined;
  const entries = readField(object, '/metadata/managedFields');
  const managers = Array.isArray(entries) ? (entries as readonly JsonObject[]) : [];
  const newest = managers
    .filter(({ manager, subresource }) => manager !== 'pullmend' && subresource === undefined)
    .toSorted((a, b) => String(b.time).localeCompare(String(a.time)))[0];
  const by = newest === undefined ? {} : { by: String(newest.manager) };
  return { reason: 'overwritten', detail: lost.path, ...by };
}
