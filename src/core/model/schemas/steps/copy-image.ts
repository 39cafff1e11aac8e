import * as z from 'zod';
import { digest, nameText } from '../values.ts';
import { common } from './common.ts';

export const copyImageStepSchema = z
  .object({
    ...common,
    kind: z.literal('copy-image'),
    /** The original, normalised. */
    source: nameText,
    target: nameText,
    mirror: nameText,
    /** What the original's name led to when the plan was made; exactly this is copied. */
    digest,
  })
  .readonly();
/**
 * Makes a missing copy on a writable mirror: all platforms, byte for byte. The object is the copy; its namespace is
 * the first one that uses it, beside which the record lies.
 */
export type CopyImageStep = z.infer<typeof copyImageStepSchema>;
