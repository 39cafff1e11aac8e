import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChartRewrite } from '../../flows/index.ts';
import { fakeMender, type Calls } from './testing/fake-mender.ts';
import { runIn, type Ran } from './testing/world.ts';

let folder: string;
let calls: Calls;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-rewrite-chart-'));
  calls = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const object = {
  key: 'k',
  template: 'app/templates/pod.yaml',
  ref: { apiVersion: 'v1', kind: 'Pod', name: 'p' },
  value: {},
  strings: new Map<string, string>(),
};
const usage = { key: 'k', object, path: '/spec', place: 'container', name: 'c', reason: undefined } as const;

const result: ChartRewrite = {
  values: { image: { registry: 'm.example' } },
  moved: [{ usage: { ...usage, image: 'quay.io/acme/a:1' }, to: 'm.example/acme/a:1' }],
  unmoved: [
    {
      usage: { ...usage, image: 'quay.io/acme/b:1' },
      to: 'm.example/acme/b:1',
      reason: 'hard-coded',
      at: { file: 'templates/pod.yaml', line: 9 },
      paths: [],
    },
  ],
  beside: [],
  unserved: [],
  short: [],
  renders: 3,
};

async function rewriteChart(...flags: readonly string[]): Promise<Ran> {
  const createMender: Parameters<typeof runIn>[0]['createMender'] = async (options) => ({
    ...fakeMender({}, calls, options),
    rewriteChart: async (chartOptions) => {
      calls.push({ name: 'rewriteChart', options: chartOptions });
      return result;
    },
  });
  return await runIn({ createMender }, 'rewrite', '--chart', join(folder, 'chart'), ...flags);
}

test('values stand alone on stdout, the rest is told beside them', async () => {
  const { out, err, code } = await rewriteChart('--no-probe');
  expect(out).toBe('image:\n  registry: m.example\n');
  expect(err).toContain('quay.io/acme/a:1 → m.example/acme/a:1');
  expect(err).toContain('templates/pod.yaml:9');
  expect(code).toBe(3);
  expect(calls).toContainEqual({ name: 'rewriteChart', options: expect.objectContaining({ probe: false }) });
});

test('never over the values that were given', async () => {
  const mine = join(folder, 'mine.yaml');
  await writeFile(mine, 'a: 1\n');
  const { code } = await rewriteChart('-f', mine, '-o', mine);
  expect(code).toBe(2);
  expect(await readFile(mine, 'utf8')).toBe('a: 1\n');
});
