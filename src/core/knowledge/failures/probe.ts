import { redact } from '../../base/index.ts';
import type { Diagnosis, FailureClass, Probe, ProbeOutcome } from '../../model/index.ts';
import { diagnosisOf } from './classify.ts';

/** The class of each outcome that is a failure, when its detail says no more. */
const classes: Readonly<Record<Exclude<ProbeOutcome, 'works'>, FailureClass>> = {
  absent: 'not-found',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'rate-limited': 'rate-limited',
  'not-a-registry': 'bad-response',
  'platform-missing': 'platform-mismatch',
  'digest-mismatch': 'digest-mismatch',
  unreachable: 'connect-timeout',
  'server-error': 'registry-5xx',
  tls: 'tls-unknown-authority',
};

/** What the detail of a probe that got no answer says; in pullmend's own words. */
const details: readonly {
  readonly class: FailureClass;
  readonly outcome: ProbeOutcome;
  readonly pattern: RegExp;
}[] = [
  {
    class: 'dns',
    outcome: 'unreachable',
    pattern: /no such host|name server does not answer|ENOTFOUND|EAI_AGAIN/,
  },
  { class: 'connection-refused', outcome: 'unreachable', pattern: /connection refused|ECONNREFUSED/ },
  {
    class: 'connection-reset',
    outcome: 'unreachable',
    pattern: /connection (?:reset|closed)|cut off|ECONNRESET|EPIPE/,
  },
  {
    class: 'network-unreachable',
    outcome: 'unreachable',
    pattern: /no route to the host|network unreachable|E(?:HOST|NET)UNREACH/,
  },
  { class: 'proxy-error', outcome: 'unreachable', pattern: /→ 407\b/ },
  { class: 'http-on-https', outcome: 'tls', pattern: /speaks plain HTTP/ },
  {
    class: 'tls-cert-invalid',
    outcome: 'tls',
    pattern: /expired|not yet valid|does not match certificate|altnames/i,
  },
  { class: 'tls-handshake', outcome: 'tls', pattern: /handshake|alert|protocol version|EPROTO/i },
];

/**
 * What a probe of the origin says about an image; undefined when the probe works. A probe runs from here, not from
 * the node, so its network failures are `likely`.
 */
export function classifyProbe(image: string, probe: Probe): Diagnosis | undefined {
  const { outcome } = probe;
  if (outcome === 'works') return undefined;
  const told = details.find((detail) => detail.outcome === outcome && detail.pattern.test(probe.detail));
  const confidence = outcome === 'unreachable' || outcome === 'unauthorized' ? 'likely' : 'certain';
  return diagnosisOf(told?.class ?? classes[outcome], confidence, { message: redact(probe.detail), image });
}
