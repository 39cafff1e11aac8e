import * as z from 'zod';
import { list, objectRef } from '../values.ts';
import { common } from './common.ts';

export const replacePodsStepSchema = z
  .object({
    ...common,
    kind: z.literal('replace-pods'),
    pods: list(objectRef),
    /** Pods that run and must start anew to read a new setting; their controller makes them at once. */
    restarts: list(objectRef).exactOptional(),
  })
  .readonly();
/** Deletes pods that their controller does not replace by itself, in the order given. */
export type ReplacePodsStep = z.infer<typeof replacePodsStepSchema>;
