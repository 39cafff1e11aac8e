import { expect, test } from 'vitest';
import type { PreflightReport } from '../../flows/index.ts';
import { fakeMender } from './testing/fake-mender.ts';
import { runIn, type Ran } from './testing/world.ts';

const report: PreflightReport = {
  platforms: ['linux/amd64'],
  installers: [
    {
      file: 'cc.yaml',
      installer: 'ks-installer',
      version: 'v3.4.1',
      document: 0,
      hasRegistry: false,
      images: [],
      notes: [{ note: 'pulls-always', value: 'v3.4.1' }],
    },
  ],
  items: [
    {
      image: 'docker.io/kubesphere/ks-apiserver:v3.4.1',
      original: 'docker.io/kubesphere/ks-apiserver:v3.4.1',
      namedBy: ['ks-installer core'],
      files: [],
      pulled: 'now',
      state: 'missing',
      outcome: 'absent',
      detail: 'GET … → 404',
    },
    {
      image: 'docker.io/library/alpine:3.14',
      original: 'docker.io/library/alpine:3.14',
      namedBy: ['ks-installer core'],
      files: [],
      pulled: 'later',
      state: 'ask-later',
      outcome: 'rate-limited',
      detail: 'GET … → 429',
      retryAfter: 60,
    },
  ],
  advice: [
    {
      file: 'cc.yaml',
      key: 'spec.local_registry',
      value: 'harbor.corp/proxy',
      mirror: 'proxy',
      covered: 20,
      of: 21,
      uncovered: [{ image: 'harbor.corp/proxy/a/b:1', from: 'docker.io/a/b:1' }],
    },
  ],
  commands: ['copy docker.io/a/b:1 harbor.corp/proxy/a/b:1'],
  notes: [{ kind: 'chart', path: 'deploy/shop' }],
};

async function preflight(given: PreflightReport, ...flags: readonly string[]): Promise<Ran> {
  return await runIn(
    {
      createMender: async (options) => ({ ...fakeMender({}, [], options), preflight: async () => given }),
    },
    'preflight',
    ...flags,
  );
}

test('what is missing, what to set, and what to run', async () => {
  const { out, code } = await preflight(report, 'cc.yaml');
  expect(code).toBe(3);
  for (const text of [
    '✘ docker.io/kubesphere/ks-apiserver:v3.4.1',
    'does not have it',
    'ask later · in 60 s · only when that feature is used',
    '0 can be had · 0 only under another name · 1 ask later · 1 missing',
    'for amd64, assumed',
    'set spec.local_registry: "harbor.corp/proxy"',
    '  pullmend copy docker.io/a/b:1 harbor.corp/proxy/a/b:1\n',
  ]) {
    expect(out).toContain(text);
  }
});

test('an image that nobody needs yet does not fail it', async () => {
  const { code } = await preflight({ ...report, items: report.items.slice(1) }, 'cc.yaml');
  expect(code).toBe(0);
});

test('JSON: notes with their sentences, commands as they are typed', async () => {
  const { out } = await preflight(report, 'cc.yaml', '-o', 'json', '--lang', 'zh');
  expect(JSON.parse(out)).toMatchObject({
    kind: 'PreflightReport',
    installers: [
      { notes: [{ note: 'pulls-always', message: expect.stringContaining('v3.4.1 的核心 Pod') }] },
    ],
    items: [{ state: 'missing' }, { state: 'ask-later', retryAfter: 60 }],
    commands: ['pullmend copy docker.io/a/b:1 harbor.corp/proxy/a/b:1'],
  });
});

test.each([
  [[], 'write files, images, --chart or --kustomize'],
  [['a.yaml', '--platform', 'linux/arm64', '--cluster-nodes'], 'exclude one another'],
  [['a.yaml', '--zone', 'us'], '--zone'],
  [['a.yaml', '--chart', 'c'], '--chart'],
])('%j is refused', async (flags, text) => {
  const { code, err } = await preflight(report, ...flags);
  expect([code, err]).toEqual([2, expect.stringContaining(text)]);
});
