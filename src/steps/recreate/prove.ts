import type { RecreateStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtPods, readObject, type Look } from '../proof/index.ts';
import { sameImages } from './same-images.ts';

/** The object is the one of the new images, and its pods run them. */
export async function prove(step: RecreateStep, { api, list }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  const lost = { result: 'reverted', final: 'now', proved: 0, expected: 0 } as const;
  if (object === undefined) return { ...lost, reason: 'gone' };
  if (!sameImages(object, step.after)) return { ...lost, reason: 'created-anew' };
  return await lookAtPods(object, step.expect, { list });
}
