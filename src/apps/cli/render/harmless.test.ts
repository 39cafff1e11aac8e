import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHarmful, harmless, harmlessText } from './harmless.ts';
import { serialize } from './serialize.ts';

const evil = 'a\u001b[2Jb\u009b1mc\u202ed\r\ne\u0007';

test('what could move the cursor or turn text around is shown, not done', () => {
  expect(harmlessText(evil)).toBe('a\\u001b[2Jb\\u009b1mc\\u202ed  e\\u0007');
  expect(harmlessText('镜像 ✔ … 🐳')).toBe('镜像 ✔ … 🐳');
});

test('everywhere in a value, keys too; errors keep their class', () => {
  const error = new Error('x');
  expect(harmless({ a: [evil], ['k\u001b']: 1, n: null, error })).toEqual({
    a: [harmlessText(evil)],
    'k\\u001b': 1,
    n: null,
    error,
  });
});

test('JSON and YAML hold the same text, and no control character', async () => {
  const text = await serialize({ kind: 'X', text: evil }, 'json');
  expect(JSON.parse(text)).toEqual({ kind: 'X', text: evil });
  const { parse } = await import('yaml');
  const yaml = await serialize({ kind: 'X', text: evil }, 'yaml');
  expect(parse(yaml)).toEqual({ kind: 'X', text: evil });
  for (const written of [text, yaml]) expect(written).not.toMatch(/[\u001b\u009b\u202e\u0007\r]/);
});

test('any text: JSON stays the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(escapeHarmful(JSON.stringify(text)))).toBe(text);
    }),
  );
});

test('any text: YAML stays the same value', async () => {
  const { parse } = await import('yaml');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const written = await serialize({ [text]: text, list: [text] }, 'yaml');
      expect(parse(written)).toEqual({ [text]: text, list: [text] });
      expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }),
  );
});
