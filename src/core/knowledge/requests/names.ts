import { tryParseReference, type Reference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import type { RequestService } from './service.ts';

/**
 * Names under which a service may have put a copy besides the one of the mirror's scheme: it pushes the last two
 * parts of the name and reports the last one, or keeps a host that it does not know
 * (linuxba/mirror-images-to-harbor at f3c6107, mirror.sh).
 */
export function otherNames(
  { namesVary = false }: RequestService,
  mirror: Mirror,
  image: Reference,
): readonly Reference[] {
  if (!namesVary || mirror.scheme !== 'harbor-library') return [];
  const parts = [image.registry, ...image.repository.split('/')];
  const paths = [parts.slice(-2), parts.slice(-1), parts, parts.slice(1)].map((it) =>
    it.join('/').replace(/^library\/(?=.)/, ''),
  );
  return [...new Set(paths)].flatMap((path) => {
    const named = tryParseReference(`${mirror.at}/${path}`);
    if (named === undefined) return [];
    const { registry, repository } = named;
    return [{ registry, repository, ...(image.tag !== undefined && { tag: image.tag }) }];
  });
}
