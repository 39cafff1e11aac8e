import type { ObjectApi } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { ObjectRef } from '../../core/model/index.ts';
import type { Look } from './types.ts';

/** Whether claims have got their volumes. One that is gone waits for nothing any more. */
export async function lookAtClaims(claims: readonly ObjectRef[], api: ObjectApi): Promise<Look> {
  const phases = await Promise.all(claims.map(async (claim) => await phaseOf(claim, api)));
  const proved = phases.filter((phase) => phase === 'Bound' || phase === undefined).length;
  const expected = claims.length;
  if (proved === expected) return { result: 'proved', final: 'now', proved, expected };
  const waiting = claims[phases.findIndex((phase) => phase !== 'Bound' && phase !== undefined)];
  const detail = `${waiting?.namespace ?? ''}/${waiting?.name ?? ''}`;
  return { result: 'failing', final: 'no', proved, expected, reason: 'claim-unbound', detail };
}

async function phaseOf(claim: ObjectRef, api: ObjectApi): Promise<unknown> {
  try {
    return readField(await api.get(claim), '/status/phase') ?? 'Pending';
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}
