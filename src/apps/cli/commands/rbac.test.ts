import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runIn } from '../testing/world.ts';

test('manifests on stdout, and nothing else', async () => {
  const { out, err, code } = await runIn({}, 'rbac', '--for', 'fix', '-n', 'shop');
  expect([code, err]).toEqual([0, '']);
  expect(parse(out)).toMatchObject({ kind: 'List', items: [{ kind: 'ServiceAccount' }, {}, {}, {}, {}] });
});

test.each([
  [['rbac'], '--for'],
  [['rbac', '--for', 'fix'], '-n'],
  [['rbac', '--for', 'everything', '-A'], 'everything'],
])('%j is told what lacks', async (line, told) => {
  const { err, code } = await runIn({}, ...line);
  expect(code).toBe(2);
  expect(err).toContain(told);
});
