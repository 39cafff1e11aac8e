import { formatReference, repositoryMatches, repositoryName, type Reference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import type { KnownOriginal } from './original.ts';
import { isMirrored, mirrorReference, originalReference } from './rename.ts';

/** What a mirror makes of an image's name. `own`: it stands on the mirror already. */
export type Naming =
  | { readonly result: 'named'; readonly name: string }
  | { readonly result: 'own'; readonly original?: string }
  | { readonly result: 'no-match' | 'no-name' };

/** @param known the original of a name that stands on a mirror, which is what other mirrors have a copy of */
export function namingOf(mirror: Mirror, image: Reference, known?: KnownOriginal): Naming {
  const original = originalReference(mirror, image);
  if (original !== undefined) return { result: 'own', original: formatReference(original) };
  if (isMirrored(mirror, image)) return { result: 'own' };
  const base = known?.certainty === 'certain' ? known.original : image;
  const name = mirrorReference(mirror, base);
  if (name !== undefined) return { result: 'named', name: formatReference(name) };
  return { result: repositoryMatches(mirror.match, repositoryName(base)) ? 'no-name' : 'no-match' };
}
