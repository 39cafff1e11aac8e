import { tryParseReference } from '../../core/image/index.ts';
import type { Diagnosis, FailureVariant, OriginalName, PullSecretFact } from '../../core/model/index.ts';

/** What is known of an image beyond the texts. */
export type ImageFacts = {
  readonly image: string;
  readonly original: OriginalName | undefined;
  readonly secrets: readonly PullSecretFact[];
};

/** Makes a diagnosis exact by what was found in the cluster; what the text itself tells comes first. */
export function refine(diagnosis: Diagnosis, facts: ImageFacts): Diagnosis {
  const variant = diagnosis.variant ?? variantOf(diagnosis, facts);
  if (variant === undefined || variant === diagnosis.variant) return diagnosis;
  const helps =
    variant === 'name-on-mirror' || variant === 'stale-credentials' ? 'maybe' : diagnosis.mirrorHelps;
  return { ...diagnosis, variant, mirrorHelps: helps };
}

function variantOf(
  diagnosis: Diagnosis,
  { image, original, secrets }: ImageFacts,
): FailureVariant | undefined {
  if (diagnosis.class === 'not-found')
    return original?.certainty === 'certain' ? 'name-on-mirror' : undefined;
  if (diagnosis.class !== 'unauthorized') return undefined;
  const named = secrets.filter(({ isNamed }) => isNamed);
  if (named.some(({ state }) => state === 'unreadable')) return undefined;
  if (named.some(({ state }) => state === 'fits' || state === 'incomplete')) {
    return isOfficial(image) ? 'stale-credentials' : 'credentials-refused';
  }
  return secrets.length > 0 ? 'no-credentials' : undefined;
}

/** Docker's own images are public: whatever was sent for them is out of date. */
function isOfficial(image: string): boolean {
  const reference = tryParseReference(image);
  return reference?.registry === 'docker.io' && reference.repository.startsWith('library/');
}
