import { describe, expect, test } from 'vitest';
import type { Probe, ProbeOutcome } from '../../model/index.ts';
import { classifyProbe } from './index.ts';

function probe(outcome: ProbeOutcome, detail: string): Probe {
  return { reference: 'docker.io/library/redis:7', outcome, platforms: [], platformDigests: {}, detail };
}

describe('classifyProbe', () => {
  test.each([
    ['absent', 'GET https://registry-1.docker.io/v2/library/redis/manifests/7 → 404', 'not-found'],
    ['unreachable', 'GET https://registry-1.docker.io/v2/ → no such host', 'dns'],
    ['unreachable', 'GET https://registry-1.docker.io/v2/ → connection refused', 'connection-refused'],
    ['unreachable', 'GET https://registry-1.docker.io/v2/ → connect timeout', 'connect-timeout'],
    ['server-error', 'GET https://registry-1.docker.io/v2/ → 503', 'registry-5xx'],
    ['tls', 'GET https://registry-1.docker.io/v2/ → TLS: certificate has expired', 'tls-cert-invalid'],
    ['tls', 'GET https://registry-1.docker.io/v2/ → TLS: self-signed certificate', 'tls-unknown-authority'],
    ['tls', 'GET https://registry-1.docker.io/v2/ → it speaks plain HTTP', 'http-on-https'],
    ['not-a-registry', 'GET https://registry-1.docker.io/v2/ → 200 text/html', 'bad-response'],
    ['rate-limited', 'GET https://registry-1.docker.io/v2/ → 429', 'rate-limited'],
    ['platform-missing', 'index without linux/arm64', 'platform-mismatch'],
  ] as const)('%s, %s is %s', (outcome, detail, expected) => {
    const found = classifyProbe('docker.io/library/redis:7', probe(outcome, detail));
    expect(found).toMatchObject({ class: expected, endpoint: 'registry-1.docker.io', evidence: detail });
  });

  test('nothing is wrong with what works', () => {
    expect(classifyProbe('docker.io/library/redis:7', probe('works', 'GET … → 200'))).toBeUndefined();
  });
});
