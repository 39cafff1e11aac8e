import * as z from 'zod';
import { jsonObject } from '../values.ts';
import { common } from './common.ts';

export const recreateStepSchema = z
  .object({ ...common, kind: z.literal('recreate'), before: jsonObject, after: jsonObject })
  .readonly();
/** Deletes an object whose fields cannot change and creates it anew. */
export type RecreateStep = z.infer<typeof recreateStepSchema>;
