import { setTimeout as pause } from 'node:timers/promises';
import {
  formatReference,
  parseReference,
  platformMatches,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';
import { mirrorHosts, mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, Probe, ProbeOutcome } from '../../core/model/index.ts';
import type { ProbeImage } from './host-queues.ts';
import { compare } from './identity.ts';

/** What is worth knowing about a mirror that answers. */
export type MirrorNote =
  /** It refuses names that its owner did not list. */
  | { readonly kind: 'allow-list' }
  /** Its copy is not what the origin has under that name now. */
  | { readonly kind: 'stale'; readonly image: string; readonly digest: string; readonly origin: string }
  | { readonly kind: 'platforms-missing'; readonly image: string; readonly platforms: readonly string[] };

export type MirrorCheck = {
  readonly mirror: string;
  /** `at` of the configuration, or the hosts of the aliases. */
  readonly at: string;
  /** `works`: gave a real manifest; `answers`: is a registry, but has none of the images asked for; else `fails`. */
  readonly result: 'works' | 'answers' | 'fails';
  /** What stands in the way; `core/knowledge/mirrors` has the error for it. */
  readonly outcome: ProbeOutcome;
  /** The name that was asked for. */
  readonly reference: string;
  /** The request and its answer. */
  readonly detail: string;
  readonly notes: readonly MirrorNote[];
};

export type CheckDeps = {
  readonly probe: ProbeImage;
  readonly signal?: AbortSignal;
  /** Milliseconds between two requests: public mirrors allow few a minute. */
  readonly paceMs?: number;
};

/** Small images that most mirrors of their registries hold. */
const wellKnown: readonly Reference[] = [
  'docker.io/library/busybox:latest',
  'docker.io/library/alpine:latest',
  'registry.k8s.io/pause:3.9',
  'quay.io/prometheus/busybox:latest',
  'gcr.io/distroless/static:latest',
  'mcr.microsoft.com/oss/kubernetes/pause:3.9',
  'ghcr.io/distribution/distribution:edge',
].map(parseReference);

/** Texts of refusals by a list, e.g. 这镜像不在白名单. this image is not in the allowlist. */
const listWords = /\b(?:allow|white)-?\s?list|白名单/i;

const maxSamples = 3;
/** The origin often is what cannot be reached, and only a comparison hangs on it. */
const originTimeoutMs = 5_000;
const defaultPaceMs = 1_000;

const resultRank: Readonly<Record<MirrorCheck['result'], number>> = { fails: 0, answers: 1, works: 2 };

type Sample = {
  readonly name: Reference;
  /** Absent for a name that was made up. */
  readonly original?: Reference;
};

/** Asks a mirror for images under its scheme, one after the other; with several hosts, tells of the worst. */
export async function checkMirror(mirror: Mirror, deps: CheckDeps): Promise<MirrorCheck> {
  const at = mirror.at || mirrorHosts(mirror).join(', ');
  const checks: MirrorCheck[] = [];
  for (const samples of Object.values(Object.groupBy(samplesOf(mirror), ({ name }) => name.registry))) {
    const { probe, original } = await askFor((samples ?? []).slice(0, maxSamples), mirror, deps);
    const { outcome, reference, detail } = probe;
    const listed = outcome === 'forbidden' && listWords.test(detail);
    const result = listed ? 'answers' : resultOf(outcome);
    const notes = listed ? [{ kind: 'allow-list' } as const] : await compared(probe, original, deps);
    checks.push({ mirror: mirror.name, at, result, outcome, reference, detail, notes });
  }
  const [worst] = checks.toSorted((a, b) => resultRank[a.result] - resultRank[b.result]);
  const outcome = 'absent';
  const detail = 'no image matches this mirror';
  return worst ?? { mirror: mirror.name, at, result: 'fails', outcome, reference: at, detail, notes: [] };
}

/** What tells the copy from what the origin has now; nothing while the origin cannot be asked. */
async function compared(
  copy: Probe,
  original: Reference | undefined,
  { probe, signal }: CheckDeps,
): Promise<readonly MirrorNote[]> {
  if (copy.outcome !== 'works' || copy.digest === undefined || original === undefined) return [];
  const soon = AbortSignal.timeout(originTimeoutMs);
  const until = signal === undefined ? soon : AbortSignal.any([signal, soon]);
  const origin = await probe(original, { platforms: [], signal: until });
  if (origin.outcome !== 'works' || origin.digest === undefined) return [];
  const image = formatReference(original);
  const platforms = origin.platforms.filter(
    (it) => !copy.platforms.some((offered) => platformMatches(it, offered)),
  );
  const stale = compare(copy, origin, []) === 'different';
  return [
    ...(stale ? [{ kind: 'stale', image, digest: copy.digest, origin: origin.digest } as const] : []),
    ...(platforms.length > 0 ? [{ kind: 'platforms-missing', image, platforms } as const] : []),
  ];
}

/** The first answer that settles it; else the most telling one. */
async function askFor(
  samples: readonly Sample[],
  mirror: Mirror,
  deps: CheckDeps,
): Promise<{ readonly probe: Probe; readonly original?: Reference }> {
  const probes: Probe[] = [];
  for (const { name, original } of samples) {
    const options = deps.signal === undefined ? {} : { signal: deps.signal };
    if (probes.length > 0) await pause(deps.paceMs ?? defaultPaceMs, undefined, options);
    const probe = await deps.probe(name, { mirror, platforms: [], ...options });
    // Another image may be there, or be allowed.
    if (!['absent', 'forbidden', 'unauthorized'].includes(probe.outcome))
      return original === undefined ? { probe } : { probe, original };
    probes.push(probe);
  }
  const [first] = probes.toSorted(
    (a, b) => resultRank[resultOf(b.outcome)] - resultRank[resultOf(a.outcome)],
  );
  if (first === undefined) throw new TypeError('a mirror is asked for at least one name');
  return { probe: first };
}

function resultOf(outcome: ProbeOutcome): MirrorCheck['result'] {
  if (outcome === 'works') return 'works';
  return outcome === 'absent' || outcome === 'rate-limited' || outcome === 'platform-missing'
    ? 'answers'
    : 'fails';
}

/** Names under the mirror's scheme; for a mirror of private images ones that fit its globs. */
function samplesOf(mirror: Mirror): readonly Sample[] {
  const known = namesAt(mirror, wellKnown);
  if (known.length > 0) return known;
  const made = mirror.match.flatMap((glob) => tryParseReference(exampleOf(glob)) ?? []);
  return namesAt(mirror, made).map(({ name }) => ({ name }));
}

/** A name that the glob matches: the first of alternatives, a made-up part for a wildcard. */
function exampleOf(glob: string): string {
  return glob
    .replaceAll(/\{([^,}]*)[^}]*\}/g, '$1')
    .replaceAll(/\[(.)[^\]]*\]/g, '$1')
    .replaceAll('?', 'x')
    .replaceAll(/\*+/g, 'pullmend-check');
}

function namesAt(mirror: Mirror, originals: readonly Reference[]): readonly Required<Sample>[] {
  const samples = originals.flatMap((original) => {
    const name = mirrorReference(mirror, original);
    return name === undefined ? [] : [{ name, original }];
  });
  return [...new Map(samples.map((sample) => [formatReference(sample.name), sample])).values()];
}
