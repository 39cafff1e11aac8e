import { expect, test } from 'vitest';
import { runIn } from '../testing/world.ts';

test('the verdict, the way up, what it is known from, and where a person edits', async () => {
  const { out, code } = await runIn({}, 'owner', 'sts/prometheus-main', '-n', 'shop');
  expect(code).toBe(0);
  expect(out).toContain('An edit of StatefulSet shop/prometheus-main is put back.');
  expect(out).toMatch(/StatefulSet shop\/prometheus-main ←\s+Prometheus shop\/main/);
  expect(out).toMatch(
    /Deployment\s+ops\/prometheus-operator\s+is\s+the\s+operator\s+prometheus-operator;\s+1\s+of\s+1/,
  );
  expect(out).toMatch(
    /Helm\s+release\s+shop\/mon,\s+which\s+writes\s+Prometheus\s+shop\/main\s+spec\.image,\s+not\s+set\s+yet/,
  );
});

test('in Chinese', async () => {
  const { out } = await runIn({}, 'owner', 'sts/prometheus-main', '--lang', 'zh');
  expect(out).toContain('对 StatefulSet shop/prometheus-main 的修改会被改回。');
});

test('--quiet says the verdict and the places alone', async () => {
  const { out } = await runIn({}, 'owner', 'sts/prometheus-main', '--quiet');
  expect(out).toContain('is put back');
  expect(out).toContain('spec.image');
  expect(out).not.toContain('prometheus-operator;');
});

test('one document', async () => {
  const { out } = await runIn({}, 'owner', 'sts/prometheus-main', '-o', 'json');
  expect(JSON.parse(out)).toMatchObject({
    kind: 'OwnershipReport',
    verdict: 'reverted',
    places: [{ container: 'prometheus', path: 'spec.image', pointer: '/spec/image' }],
  });
});

test('one object must be named', async () => {
  expect((await runIn({}, 'owner')).code).toBe(2);
});
