import type { Diagnosis, FailureClass } from '../../model/index.ts';
import { findEndpoint, hostKind } from './endpoint.ts';

/** The cause to act on, and what else was seen. */
export type Weighed = { readonly decisive: Diagnosis; readonly others: readonly Diagnosis[] };

/**
 * How much a class decides when several were seen for one image; the first is the strongest. What is wrong with the
 * name or on the node holds whatever a registry says. A failure on the way (a blob store, a token service, an origin
 * that times out) hides behind a mirror's `not found`, so the network comes before the registry's answers.
 */
const order = [
  'invalid-name',
  'short-name',
  'sandbox-image',
  'never-pull-absent',
  'disk-full',
  'signature-rejected',
  'digest-mismatch',
  'unsupported-manifest',
  'platform-mismatch',
  'credential-helper',
  'rate-limited',
  'proxy-error',
  'tls-unknown-authority',
  'tls-cert-invalid',
  'http-on-https',
  'dns',
  'network-unreachable',
  'connection-refused',
  'connect-timeout',
  'tls-handshake',
  'connection-reset',
  'forbidden',
  'registry-5xx',
  'bad-response',
  'pull-secret-missing',
  'not-found',
  'unauthorized',
  'node-runtime',
  'pull-stalled',
  'dependent-storage',
  'no-storage-class',
  'dependent-node',
  'dependent-webhook',
  'dependent-install',
  'pull-qps',
  'unknown',
] as const satisfies readonly FailureClass[];

/** The compiler names a class that is missing from the order. */
const rank: Readonly<Record<FailureClass, number>> = ranks(order);

/**
 * Weighs all that was seen for one image (several messages of a container, several containers): first what the most
 * telling endpoint said, then the stronger class, then what was seen more often. `undefined` when nothing was seen.
 */
export function weigh(diagnoses: readonly Diagnosis[], image?: string): Weighed | undefined {
  const groups = new Map<string, { readonly diagnosis: Diagnosis; count: number }>();
  for (const diagnosis of diagnoses) {
    const key = `${diagnosis.class} ${diagnosis.inner ?? ''} ${diagnosis.endpoint ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { diagnosis, count: 1 });
    else group.count += 1;
  }
  const [first, ...rest] = groups
    .values()
    .toArray()
    .toSorted((a, b) => compare(a.diagnosis, b.diagnosis, image) || b.count - a.count);
  if (first === undefined) return undefined;
  return { decisive: first.diagnosis, others: rest.map(({ diagnosis }) => diagnosis) };
}

function compare(a: Diagnosis, b: Diagnosis, image: string | undefined): number {
  return place(a, image) - place(b, image) || rank[a.class] - rank[b.class];
}

/**
 * Texts that name no cause weigh least, the kubelet's own limiter hardly more; a mirror that fails only hides what
 * the origin says, as long as the origin said something.
 */
function place(diagnosis: Diagnosis, image: string | undefined): number {
  if (diagnosis.class === 'unknown') return 4;
  if (diagnosis.class === 'pull-qps') return 3;
  return isOfMirror(diagnosis, image) ? 1 : 0;
}

/** Is it a mirror that said so? */
export function isOfMirror({ endpoint, evidence }: Diagnosis, image: string | undefined): boolean {
  if (endpoint === undefined) return false;
  const found = findEndpoint(evidence, image);
  if (found?.host === endpoint) return found.role === 'mirror';
  return hostKind(endpoint) === 'mirror' || findEndpoint(evidence, image, endpoint)?.role === 'mirror';
}

function ranks<K extends string>(names: readonly K[]): Readonly<Record<K, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<K, number>;
}
