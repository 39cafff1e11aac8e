import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runIn } from './testing/world.ts';

test('--out writes the file, says what is not in it and how to read it', async () => {
  const { out, files, calls, code } = await runIn({}, 'snapshot', '-A', '--hash-names', '--out', 's.json');
  expect(JSON.parse(files['s.json'] ?? '')).toMatchObject({ kind: 'Snapshot', spec: { names: 'hashed' } });
  expect(out).toContain('for want of permission: Node');
  expect(out).toContain('pullmend diagnose --snapshot s.json');
  expect(calls.find(({ name }) => name === 'snapshot')).toMatchObject({ target: { allNamespaces: true } });
  expect(code).toBe(0);
});

test('a name ending in .gz packs it', async () => {
  const { files } = await runIn({}, 'snapshot', '-A', '--out', 's.json.gz');
  const text = gunzipSync(Buffer.from(files['s.json.gz'] ?? '', 'base64')).toString();
  expect(JSON.parse(text)).toMatchObject({ kind: 'Snapshot', spec: { names: 'plain' } });
});

test('without --out: the document alone on standard output', async () => {
  const { out } = await runIn({}, 'snapshot', '-n', 'shop');
  expect(JSON.parse(out)).toMatchObject({ kind: 'Snapshot' });
});

test('diagnose --snapshot takes no other source', async () => {
  const { err, code } = await runIn({}, 'diagnose', '--snapshot', 's.json', '-f', 'a.yaml');
  expect(err).toContain('--snapshot is read instead of a cluster');
  expect(code).toBe(2);
});
