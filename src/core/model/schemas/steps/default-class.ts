import * as z from 'zod';
import { list, objectRef } from '../values.ts';
import { common } from './common.ts';
import { fieldChangeSchema } from './patch.ts';

export const defaultClassStepSchema = z
  .object({
    ...common,
    kind: z.literal('default-class'),
    /** The mark of the StorageClass, before and after. */
    change: fieldChangeSchema,
    /** Claims that wait for a default class: that they got one proves it. */
    claims: list(objectRef),
  })
  .readonly();
/** Makes a StorageClass the cluster's default one, or ends that it is. */
export type DefaultClassStep = z.infer<typeof defaultClassStepSchema>;
