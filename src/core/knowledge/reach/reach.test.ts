import { describe, expect, test } from 'vitest';
import { pullProblem, type EndpointReach, type ReachStep, type Vantage } from '../../model/index.ts';
import { falseAddress, withNodeMirrors } from './index.ts';

test.each([
  ['registry-1.docker.io', 'dial tcp 31.13.94.37:443: i/o timeout', 'poisoned'],
  ['registry-1.docker.io', 'dial tcp [2001::1]:443: connect: network is unreachable', 'poisoned'],
  ['gcr.io', 'dial tcp 127.0.0.1:443: connect: connection refused', 'own-network'],
  ['registry.k8s.io', 'dial tcp 10.2.3.4:443: i/o timeout', 'own-network'],
  ['registry-1.docker.io', 'dial tcp 54.198.86.24:443: i/o timeout', undefined],
  ['harbor.corp', 'dial tcp 10.2.3.4:443: i/o timeout', undefined],
  ['quay.io', 'dial tcp: lookup quay.io: no such host', undefined],
])('%s, %s: %s', (host, message, kind) => {
  expect(falseAddress(host, message)?.kind).toBe(kind);
});

describe('mirrors of nodes', () => {
  const image = 'quay.io/acme/app:1';
  const problem = pullProblem(
    'p',
    { image, usages: [] },
    {
      diagnosis: { class: 'dns', confidence: 'certain', mirrorHelps: 'yes', evidence: 'no such host' },
      others: [],
      failures: [],
      pods: 1,
      owners: [],
      nodes: ['n1'],
    },
  );

  function endpoint(server: string, mirror: boolean, breaksAt: ReachStep, detail: string): EndpointReach {
    return { endpoint: server, mirror, breaksAt, steps: [{ step: breaksAt, result: 'broken', detail }] };
  }

  function told(mirror: EndpointReach, origin: ReachStep = 'dns', node: Partial<Vantage> = {}) {
    const endpoints = [mirror, endpoint('https://quay.io', false, origin, '')];
    const vantages = [{ node: 'n1', endpoints, works: false, ...node }];
    const [found] = withNodeMirrors([problem], [{ image, verdict: 'everywhere', vantages }]);
    const { diagnosis, others = [] } = found?.status ?? {};
    return [diagnosis?.class, diagnosis?.endpoint, diagnosis?.mirrorOf, others.map((one) => one.class)];
  }

  test.each([
    ['auth', 'HEAD https://m.lab/v2/acme/app/manifests/1 → 403', 'forbidden'],
    ['auth', 'HEAD https://m.lab/v2/acme/app/manifests/1 → 401', 'unauthorized'],
    ['tls', 'HEAD https://m.lab/v2/ → curl: (35) wrong version number', 'http-on-https'],
    ['tls', 'HEAD https://m.lab/v2/ → curl: (60) self-signed certificate', 'tls-unknown-authority'],
    ['tcp', 'HEAD https://m.lab/v2/ → curl: (7) Connection refused', 'connection-refused'],
    ['manifest', 'HEAD https://m.lab/v2/acme/app/manifests/1 → 200 text/html', 'bad-response'],
    ['manifest', 'HEAD https://m.lab/v2/acme/app/manifests/1 → 502', 'registry-5xx'],
  ] as const)('that break at %s, %s, are the cause: %s', (step, detail, failure) => {
    expect(told(endpoint('https://m.lab', true, step, detail))).toEqual([failure, 'm.lab', ['n1'], ['dns']]);
  });

  test('are told besides where the registry itself answered', () => {
    const refuses = endpoint('https://m.lab', true, 'auth', '→ 403');
    expect(told(refuses, 'manifest')).toEqual(['dns', undefined, undefined, ['forbidden']]);
  });

  test('that only lack the image leave the cause with the registry', () => {
    const lacks = endpoint('https://m.lab', true, 'manifest', '→ 404');
    expect(told(lacks)).toEqual(['dns', undefined, undefined, ['not-found']]);
  });

  test('of nodes on which nothing fails say nothing', () => {
    const refuses = endpoint('https://m.lab', true, 'auth', '→ 403');
    expect(told(refuses, 'dns', { healthy: true })).toEqual(['dns', undefined, undefined, []]);
  });
});
