import * as z from 'zod';
import { isDigest } from './digest.ts';
import { digestOf } from './hash.ts';

const configSchema = z.object({
  rootfs: z.object({ diff_ids: z.array(z.string().refine(isDigest)) }),
});

/** Digests of an image's layers as they are unpacked, from its config; undefined for what is no container image. */
export function readDiffIds(config: Uint8Array): readonly string[] | undefined {
  try {
    const read = configSchema.safeParse(JSON.parse(new TextDecoder().decode(config)));
    return read.success ? read.data.rootfs.diff_ids : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The name under which a runtime keeps each layer unpacked on those below it (OCI image-spec, config.md, Layer ChainID).
 */
export function chainIds(diffIds: readonly string[]): readonly string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : digestOf(new TextEncoder().encode(`${below} ${diffId}`)));
  }
  return chain;
}
