import { sameRegistry, tryParseReference } from '../../image/index.ts';
import type { FailureClass, FailureVariant, MirrorHelps } from '../../model/index.ts';
import { failureClassInfo } from './classes/index.ts';
import type { Endpoint } from './endpoint.ts';
import { isPublicCopy } from './public-copy.ts';

/** Registries whose images anyone may copy: a mirror of them exists or can be made. */
const publicRegistry =
  /^(?:docker\.io|auth\.docker\.io|quay\.io|ghcr\.io|(?:[\w-]+\.)?gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|lscr\.io|nvcr\.io|registry\.access\.redhat\.com|docker\.elastic\.co|registry\.gitlab\.com|cgr\.dev|[\w-]+\.data\.mcr\.microsoft\.com|production\.cloudflare\.docker\.com|cdn\d*\.quay\.io)$/;

type Case = {
  readonly class: FailureClass;
  readonly variant?: FailureVariant;
  readonly text: string;
  readonly endpoint?: Endpoint;
  readonly image?: string;
};

/** The class's answer, made exact by who failed. */
export function mirrorHelps({ class: failure, variant, text, endpoint, image }: Case): MirrorHelps {
  const general = failureClassInfo[failure].mirrorHelps;
  const origin = originOf(endpoint, image);
  const atMirror = endpoint?.role === 'mirror';
  switch (failure) {
    case 'dns':
      // A resolver that gives no answer finds no mirror's name either.
      if (/\bread udp\b|\bdial udp\b|\bserver misbehaving\b|\bTry again\b|\btemporary\b/i.test(text))
        return 'maybe';
      return origin === 'public' && !atMirror ? 'yes' : 'maybe';
    case 'connection-refused':
    case 'tls-unknown-authority':
    case 'tls-cert-invalid':
      if (origin === 'public') return atMirror ? 'maybe' : 'yes';
      return failure === 'connection-refused' || origin === 'unknown' ? 'maybe' : 'no';
    case 'forbidden':
      return /\bvulnerabilit|\bconfigured policy\b|\bis blocked in\b|\bPrecondition\b|\b412\b/i.test(text)
        ? 'maybe'
        : general;
    case 'unauthorized':
      if (variant === 'no-such-official-image') return 'no';
      // Where images are public, only the credential or the way is bad.
      return variant === 'stale-credentials' || isPublic(image) ? 'maybe' : general;
    case 'registry-5xx':
      return atMirror ? 'maybe' : general;
    case 'not-found':
    case 'platform-mismatch':
      return atMirror || isCopy(image) ? 'maybe' : general;
    default:
      return general;
  }
}

function originOf(endpoint: Endpoint | undefined, image: string | undefined): 'public' | 'own' | 'unknown' {
  const reference = image === undefined ? undefined : tryParseReference(image);
  const host = endpoint?.namespace ?? reference?.registry ?? endpoint?.host;
  if (host === undefined) return 'unknown';
  if (reference !== undefined && isPublicCopy(reference)) return 'public';
  return isPublicRegistry(host) ? 'public' : 'own';
}

/** A registry whose images are public, most of them. */
export function isPublicRegistry(host: string): boolean {
  return publicRegistry.test(sameRegistry(host));
}

function isCopy(image: string | undefined): boolean {
  const reference = image === undefined ? undefined : tryParseReference(image);
  return reference !== undefined && isPublicCopy(reference);
}

/** Docker official images, and copies of public ones. */
function isPublic(image: string | undefined): boolean {
  const reference = image === undefined ? undefined : tryParseReference(image);
  if (reference === undefined) return false;
  const isOfficial = reference.registry === 'docker.io' && reference.repository.startsWith('library/');
  return isOfficial || isPublicCopy(reference);
}
