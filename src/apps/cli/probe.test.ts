import { expect, test } from 'vitest';
import { runIn } from './testing/world.ts';

test('--probe shows the verdict and each place under its image, --predict what will fail', async () => {
  const { out, code, calls } = await runIn({}, 'diagnose', '-A', '--probe', '--predict');
  expect(code).toBe(3);
  expect(calls.map(({ name }) => name)).toEqual(['diagnose', 'probe', 'predict', 'close']);
  const text = out.replaceAll(/\s+/g, ' ');
  expect(text).toContain('seen places differ');
  expect(text).toContain('node2: breaks at name lookup, HEAD https://registry-1.docker.io → no such host');
  expect(text).toContain('here: all steps work');
  expect(text).toContain('left out to stay quick');
  expect(text).toContain('1 image will fail when their pods move');
  expect(text).toContain('quay.io/acme/gone:1.0');
  expect(text).toContain('nothing can be said about 1 image');
});

test('without the flags nothing more is asked', async () => {
  const { calls } = await runIn({}, 'diagnose');
  expect(calls.map(({ name }) => name)).toEqual(['diagnose', 'close']);
});

test('the documents hold what was seen', async () => {
  const json = JSON.parse((await runIn({}, 'diagnose', '--probe', '--predict', '-o', 'json')).out);
  expect(json).toMatchObject({ reach: { images: [{ verdict: 'differs' }] }, prediction: { images: 12 } });
  for (const format of ['markdown', 'html']) {
    const { out } = await runIn({}, 'diagnose', '--probe', '--predict', '-o', format);
    expect(out).toContain('node2: breaks at name lookup');
    expect(out).toContain('acme/gone:1.0');
    expect(out).toContain('1 image will fail');
  }
});

test('in Chinese', async () => {
  const { out } = await runIn({}, 'diagnose', '--probe', '--predict', '--lang', 'zh');
  expect(out).toContain('断在域名解析');
  expect(out).toContain('一旦换节点就会失败');
});

test.each([
  [['diagnose', '--snapshot', 's.json', '--probe'], '--snapshot'],
  [['diagnose', '-f', 'a.yaml', '--predict'], '-f'],
])('%j cannot be', async (argv, text) => {
  const { code, err, calls } = await runIn({}, ...argv);
  expect([code, calls]).toEqual([2, []]);
  expect(err).toContain(text);
});
