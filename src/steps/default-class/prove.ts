import type { DefaultClassStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtClaims, readObject, type Look } from '../proof/index.ts';
import { lost } from './lost.ts';

/** The mark is still there, and the claims have their volumes. */
export async function prove(step: DefaultClassStep, { api }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  const none = { result: 'reverted', final: 'now', proved: 0, expected: 0 } as const;
  if (object === undefined) return { ...none, reason: 'gone' };
  const found = lost(step, object);
  if (found === undefined) return await lookAtClaims(step.claims, api);
  const { at: _, ...words } = found;
  return { ...none, ...words };
}
