import * as z from 'zod';
import { count, digest, nameText, text } from '../values.ts';
import { common } from './common.ts';

/** A full image name; nothing of it means anything to a shell. */
const imageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@[\]+-]*$/);

export const nodeLoadStepSchema = z
  .object({
    ...common,
    kind: z.literal('node-load'),
    /** Where this machine reads the image: a name, or `oci-archive:FILE:NAME` and the like. */
    source: nameText,
    /** Names that it gets on nodes: `registry/repository:tag`, `registry/repository@digest`. */
    names: z.array(imageName).min(1).readonly(),
    /** What the names lead to: the index where there is one. */
    digest,
    nodes: z
      .array(
        z
          .object({
            name: nameText,
            /** `linux/amd64`. */
            platform: z.string().regex(/^[a-z0-9]+\/[a-z0-9/]+$/),
            /** Bytes of layers that it lacked when the plan was made. */
            bytes: count,
            /** How it is entered. */
            access: text,
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
  })
  .readonly();
/** Reads an image from where this machine can, and gives it to nodes under its own name: no mirror is needed. */
export type NodeLoadStep = z.infer<typeof nodeLoadStepSchema>;
