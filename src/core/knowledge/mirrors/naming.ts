import { formatReference, repositoryMatches, repositoryName, type Reference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { isMirrored, mirrorReference, originalReference } from './rename.ts';

/** What a mirror makes of an image's name. `own`: it stands on the mirror already. */
export type Naming =
  | { readonly result: 'named'; readonly name: string }
  | { readonly result: 'own'; readonly original?: string }
  | { readonly result: 'no-match' | 'no-name' };

export function namingOf(mirror: Mirror, image: Reference): Naming {
  const original = originalReference(mirror, image);
  if (original !== undefined) return { result: 'own', original: formatReference(original) };
  if (isMirrored(mirror, image)) return { result: 'own' };
  const name = mirrorReference(mirror, image);
  if (name !== undefined) return { result: 'named', name: formatReference(name) };
  return { result: repositoryMatches(mirror.match, repositoryName(image)) ? 'no-name' : 'no-match' };
}
