import * as z from 'zod';
import { digest, nameText } from '../values.ts';
import { common } from './common.ts';

/** A full image name; nothing of it means anything to a shell. */
const imageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@[\]+-]*$/);

const nodeAliasSchema = z
  .object({
    /** The copy, as the node pulls it. */
    source: imageName,
    /** Names that the copy gets beside its own: `registry/repository:tag` or `registry/repository@digest`. */
    names: z.array(imageName).min(1).readonly(),
    /** What the copy must be; absent where the mirror told none. */
    digest: digest.exactOptional(),
  })
  .readonly();
export type NodeAlias = z.infer<typeof nodeAliasSchema>;

export const nodeAliasStepSchema = z
  .object({
    ...common,
    kind: z.literal('node-alias'),
    nodes: z.array(nameText).min(1).readonly(),
    aliases: z.array(nodeAliasSchema).min(1).readonly(),
  })
  .readonly();
/**
 * Lets nodes pull a copy, and names it as the original there: pods find their image under the name that nobody
 * rewrites. The object is the workload whose pods need it; it is not changed.
 */
export type NodeAliasStep = z.infer<typeof nodeAliasStepSchema>;
