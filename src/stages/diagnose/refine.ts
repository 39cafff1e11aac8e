import { falseAddress } from '../../core/knowledge/reach/index.ts';
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
  const { endpoint, evidence } = diagnosis;
  const led = endpoint === undefined ? undefined : falseAddress(hostOf(endpoint, facts.image), evidence);
  return withVariant(led === undefined ? diagnosis : { ...diagnosis, falseAddress: led }, facts);
}

/** Of a text that tells no more than the address that was dialled: the image's own registry. */
function hostOf(endpoint: string, image: string): string {
  const registry = tryParseReference(image)?.registry;
  return /^[\d.]+(?::\d+)?$|^\[/.test(endpoint) && registry !== undefined ? registry : endpoint;
}

function withVariant(diagnosis: Diagnosis, facts: ImageFacts): Diagnosis {
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
