import { setTimeout as pause } from 'node:timers/promises';
import {
  formatReference,
  parseReference,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';
import { mirrorHosts, mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, Probe, ProbeOutcome } from '../../core/model/index.ts';
import type { ProbeImage } from './host-queues.ts';

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

const maxSamples = 3;
const defaultPaceMs = 1_000;

const resultRank: Readonly<Record<MirrorCheck['result'], number>> = { fails: 0, answers: 1, works: 2 };

/** Asks a mirror for images under its scheme, one after the other; with several hosts, tells of the worst. */
export async function checkMirror(mirror: Mirror, deps: CheckDeps): Promise<MirrorCheck> {
  const at = mirror.at || mirrorHosts(mirror).join(', ');
  const checks: MirrorCheck[] = [];
  for (const names of Object.values(Object.groupBy(samplesOf(mirror), ({ registry }) => registry))) {
    const probe = await askFor((names ?? []).slice(0, maxSamples), mirror, deps);
    const { outcome, reference, detail } = probe;
    checks.push({ mirror: mirror.name, at, result: resultOf(outcome), outcome, reference, detail });
  }
  const [worst] = checks.toSorted((a, b) => resultRank[a.result] - resultRank[b.result]);
  const nothing = 'no image matches this mirror';
  return (
    worst ?? { mirror: mirror.name, at, result: 'fails', outcome: 'absent', reference: at, detail: nothing }
  );
}

/** The first answer that settles it; else the most telling one. */
async function askFor(names: readonly Reference[], mirror: Mirror, deps: CheckDeps): Promise<Probe> {
  const probes: Probe[] = [];
  for (const name of names) {
    const options = deps.signal === undefined ? {} : { signal: deps.signal };
    if (probes.length > 0) await pause(deps.paceMs ?? defaultPaceMs, undefined, options);
    const probe = await deps.probe(name, { mirror, platforms: [], ...options });
    // Another image may be there, or be allowed.
    if (!['absent', 'forbidden', 'unauthorized'].includes(probe.outcome)) return probe;
    probes.push(probe);
  }
  const [first] = probes.toSorted(
    (a, b) => resultRank[resultOf(b.outcome)] - resultRank[resultOf(a.outcome)],
  );
  if (first === undefined) throw new TypeError('a mirror is asked for at least one name');
  return first;
}

function resultOf(outcome: ProbeOutcome): MirrorCheck['result'] {
  if (outcome === 'works') return 'works';
  return outcome === 'absent' || outcome === 'rate-limited' || outcome === 'platform-missing'
    ? 'answers'
    : 'fails';
}

/** Names under the mirror's scheme; for a mirror of private images ones that fit its globs. */
function samplesOf(mirror: Mirror): readonly Reference[] {
  const known = namesAt(mirror, wellKnown);
  if (known.length > 0) return known;
  const made = mirror.match.flatMap((glob) => tryParseReference(exampleOf(glob)) ?? []);
  return namesAt(mirror, made);
}

/** A name that the glob matches: the first of alternatives, a made-up part for a wildcard. */
function exampleOf(glob: string): string {
  return glob
    .replaceAll(/\{([^,}]*)[^}]*\}/g, '$1')
    .replaceAll(/\[(.)[^\]]*\]/g, '$1')
    .replaceAll('?', 'x')
    .replaceAll(/\*+/g, 'pullmend-check');
}

function namesAt(mirror: Mirror, originals: readonly Reference[]): readonly Reference[] {
  const names = originals.flatMap((original) => mirrorReference(mirror, original) ?? []);
  return [...new Map(names.map((name) => [formatReference(name), name])).values()];
}
