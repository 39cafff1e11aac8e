import { isPublicMirror } from '../knowledge/mirrors/index.ts';
import type { Candidate, Mirror, Supply } from '../model/index.ts';

type Facts = {
  readonly mirror: Mirror | undefined;
  /** Found by a guess at the original. */
  readonly isGuess: boolean;
  /** What the registry of the image's own name says, and the image that the name stands for. */
  readonly supply: Pick<Supply, 'origin' | 'original'>;
};

/** Why nothing but a proof makes a copy the same image; undefined on a mirror of the user's own. */
export function believedAtMost({ mirror, isGuess, supply }: Facts): Candidate['needsProof'] {
  if (isGuess) return 'guess';
  // A mirror that lacks an image says nothing of the image itself.
  if (supply.origin.outcome === 'absent' && supply.original?.certainty !== 'certain') return 'denied';
  return mirror !== undefined && isPublicMirror(mirror) ? 'public' : undefined;
}
