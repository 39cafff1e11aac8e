import * as z from 'zod';
import { list, nameText, objectRef, place, text } from '../values.ts';

/** A container whose image a step changes; verify asks the kubelet about it. */
export const expectationSchema = z
  .object({
    place,
    container: text,
    imageBefore: text,
    imageAfter: text,
    /** Digests of the planned content: its index, and the manifest of each platform. */
    digests: list(text).exactOptional(),
  })
  .readonly();
export type Expectation = z.infer<typeof expectationSchema>;

/** Something that is lost for good when a step is carried out; asked for one by one, never answered by --yes. */
export const losses = ['completed-pods', 'running-containers'] as const;
export type Loss = (typeof losses)[number];

/** What every step has. */
export const common = {
  /** `s1`, `s2`, … in the order of the plan. */
  id: nameText,
  object: objectRef,
  /** Steps that must have succeeded before this one. */
  needs: list(text),
  expect: list(expectationSchema),
  loss: z.enum(losses).exactOptional(),
  /** A program that wrote the field before and may write it again: the change is watched for its next turn. */
  mayRevert: text.exactOptional(),
  /** What will overwrite the change, e.g. `the next helm upgrade of shop/web`. */
  overwrittenBy: text.exactOptional(),
};
