import type { ObjectApi } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { DefaultClassStep, JsonObject, ObjectRef } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { readObject, type Look } from '../proof/index.ts';
import { lost } from './lost.ts';

/**
 * The mark is still there, and the claims have got their class. Whether the provisioner then makes a volume is another
 * matter, which only now comes to light: claims that still wait are told.
 */
export async function prove(step: DefaultClassStep, { api }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  const none = { result: 'reverted', final: 'now', proved: 0, expected: 0 } as const;
  if (object === undefined) return { ...none, reason: 'gone' };
  const found = lost(step, object);
  if (found === undefined) return await lookAtClasses(step.claims, api);
  const { at: _, ...words } = found;
  return { ...none, ...words };
}

async function lookAtClasses(claims: readonly ObjectRef[], api: ObjectApi): Promise<Look> {
  const found = await Promise.all(
    claims.map(async (claim) => ({ claim, object: await readClaim(claim, api) })),
  );
  const expected = found.length;
  const bare = found.filter(({ object }) => object !== undefined && !hasClass(object));
  const proved = expected - bare.length;
  const [first] = bare;
  if (first !== undefined) {
    const detail = nameOf(first.claim);
    return { result: 'failing', final: 'no', proved, expected, reason: 'claim-unbound', detail };
  }
  const waiting = found.flatMap(({ claim, object }) =>
    object !== undefined && phaseOf(object) !== 'Bound' ? [`${nameOf(claim)}: ${phaseOf(object)}`] : [],
  );
  const others = waiting.length === 0 ? {} : { others: waiting };
  return { result: 'proved', final: 'now', proved, expected, ...others };
}

/** One that is gone waits for nothing any more. */
async function readClaim(claim: ObjectRef, api: ObjectApi): Promise<JsonObject | undefined> {
  try {
    return await api.get(claim);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}

function hasClass(claim: JsonObject): boolean {
  return phaseOf(claim) === 'Bound' || readField(claim, '/spec/storageClassName') !== undefined;
}

function phaseOf(claim: JsonObject): string {
  return String(readField(claim, '/status/phase') ?? 'Pending');
}

function nameOf({ namespace, name }: ObjectRef): string {
  return `${namespace ?? ''}/${name}`;
}
