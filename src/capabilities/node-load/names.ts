import type { ImageRepository } from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import {
  formatReference,
  isLocal,
  originalName,
  parseAddress,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';

/**
 * The names under which pods ask for an image: by tag, by digest, or both where both are written. Of an archive the name
 * that stands in it. Errors: PM_NODE_LOAD_UNNAMED.
 */
export async function namesFor(
  source: string,
  repository: Pick<ImageRepository, 'listTags'>,
): Promise<readonly string[]> {
  const address = parseAddress(source);
  const name = isLocal(address) ? (originalName(address) ?? (await onlyName(repository))) : address;
  if (name === undefined) throw new PullmendError('PM_NODE_LOAD_UNNAMED', { source });
  const { digest } = address;
  const { tag, digest: _, ...of } = name;
  return [
    ...(tag !== undefined || digest === undefined ? [formatReference({ ...of, tag: tag ?? 'latest' })] : []),
    ...(digest === undefined ? [] : [formatReference({ ...of, digest })]),
  ];
}

async function onlyName(repository: Pick<ImageRepository, 'listTags'>): Promise<Reference | undefined> {
  const [only, ...others] = await repository.listTags();
  if (only === undefined || others.length > 0 || !/[/:]/.test(only)) return undefined;
  return tryParseReference(only);
}
