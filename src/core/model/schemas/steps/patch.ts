import * as z from 'zod';
import { count, json, list, nameText, objectRef, pointer, text } from '../values.ts';
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

const followerSchema = z
  .object({
    /** A workload, or a custom resource whose pods an operator makes without one. */
    object: objectRef,
    /** Those of its containers that take their image from there. */
    containers: list(text),
    /** How many pods waited, where the object itself does not tell how many it should have. */
    waiting: count.exactOptional(),
    /** Pods that wait with the old image: they are deleted once the change counts, since nobody else replaces them. */
    pods: list(objectRef),
  })
  .readonly();
/** What takes its images from the changed object, and comes to have the new ones without being changed itself. */
export type Follower = z.infer<typeof followerSchema>;

export const patchStepSchema = z
  .object({
    ...common,
    kind: z.literal('patch'),
    changes: z.array(fieldChangeSchema).min(1).readonly(),
    /** Claims that get their volume when the change works: they prove it in place of the object's own pods. */
    claims: list(objectRef).exactOptional(),
    /** Whose pods prove it in place of the object's own: those that take their images from there. */
    followers: z.array(followerSchema).min(1).readonly().exactOptional(),
    /** The resource of a kind that is none of Kubernetes' own, for rights: `prometheuses.monitoring.coreos.com`. */
    resource: nameText.exactOptional(),
  })
  .readonly();
/** Changes fields of a live object in place, each with its old value as precondition. */
export type PatchStep = z.infer<typeof patchStepSchema>;
