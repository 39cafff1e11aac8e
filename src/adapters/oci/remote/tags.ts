import * as z from 'zod';

/** `tags` is null in a repository without any (docker/distribution). */
const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

/** Reads one page of `tags/list`; `undefined` when it is none. */
export function readTagPage(bytes: Uint8Array): readonly string[] | undefined {
  try {
    const page = tagsSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return page.success ? (page.data.tags ?? []) : undefined;
  } catch {
    return undefined;
  }
}
