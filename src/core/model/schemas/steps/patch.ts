import * as z from 'zod';
import { json, list, objectRef, pointer } from '../values.ts';
import { common } from './common.ts';

export const fieldChangeSchema = z
  .object({
    /** JSON pointer (RFC 6901). */
    path: pointer,
    before: json.exactOptional(),
    after: json,
    /** A neighbour that must hold this value too, e.g. the container's name, so that a re-ordered list is noticed. */
    guard: z.object({ path: pointer, value: json }).readonly().exactOptional(),
  })
  .readonly();
/** One field before and after. An absent `before` means that the field is not there. */
export type FieldChange = z.infer<typeof fieldChangeSchema>;

export const patchStepSchema = z
  .object({
    ...common,
    kind: z.literal('patch'),
    changes: z.array(fieldChangeSchema).min(1).readonly(),
    /** Claims that get their volume when the change works: they prove it in place of the object's own pods. */
    claims: list(objectRef).exactOptional(),
  })
  .readonly();
/** Changes fields of a live object in place, each with its old value as precondition. */
export type PatchStep = z.infer<typeof patchStepSchema>;
