import type { NodeLoadStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtPods, readObject, type Look } from '../proof/index.ts';

/** The pods start, under the name that stands in their object. Where none is named, each node was asked when it was given. */
export async function prove(step: NodeLoadStep, { api, list }: StepTools): Promise<Look> {
  const object = await readObject(api, step.object);
  if (object === undefined)
    return { result: 'failing', final: 'now', proved: 0, expected: 0, reason: 'gone' };
  return await lookAtPods(object, step.expect, { list });
}
