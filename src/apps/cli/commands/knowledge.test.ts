import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { knownOperators } from '../../../flows/index.ts';
import { runIn } from '../testing/world.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pullmend-knowledge-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

const own = JSON.stringify({
  name: 'prometheus-operator',
  title: 'Ours',
  versions: '>=1',
  sources: ['https://git.example/x'],
  controllers: [{ kind: 'Deployment', names: ['ours'] }],
  owns: [],
  images: [{ of: 'quay.io/acme/x', at: { env: 'X_IMAGE' } }],
  reverts: 'never',
});

test('list and show', async () => {
  const { out } = await runIn({}, 'knowledge', 'list');
  expect(out).toMatch(/prometheus-operator\s+\d+ places/);
  const shown = await runIn({}, 'knowledge', 'show', 'prometheus-operator');
  expect(shown.out).toContain('Prometheus spec.image');
  const unknown = await runIn({}, 'knowledge', 'show', 'prometheus-operato');
  expect(unknown.err).toMatch(/did\s+you\s+mean\s+"prometheus-operator"/);
});

test('check says where a mistake is', async () => {
  const file = join(home, 'x.yaml');
  await writeFile(file, own);
  expect((await runIn({}, 'knowledge', 'check', file)).out).toContain('no mistake');
  await writeFile(file, own.replace('never', 'seldom'));
  const { err, code } = await runIn({}, 'knowledge', 'check', file);
  expect(err).toMatch(/PM_KNOWLEDGE_INVALID[\s\S]*1:\d+ reverts/);
  expect(code).toBe(2);
});

test('a description of one’s own counts before the one that comes along', async () => {
  const folder = join(home, '.config', 'pullmend', 'operators');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ours.json'), own);
  const known = await knownOperators({ env: {}, home });
  expect(known.filter(({ operator }) => operator.name === 'prometheus-operator')).toMatchObject([
    { operator: { title: 'Ours' }, file: join(folder, 'ours.json') },
  ]);
});
