import { expect, test } from 'vitest';
import { placeholders } from './placeholder.ts';

type Params = {
  readonly name: string;
  readonly known: readonly string[];
  readonly at: { readonly line: number };
};

const p = placeholders<Params>();

test.each([
  ['a string', `${p.name}`, '{name}'],
  ['a method of strings', p.name.toUpperCase(), '{NAME}'],
  ['a joined list', p.known.join(', '), '{known}'],
  ['an item', `${p.known[0] ?? ''}`, '{known}'],
  ['mapped items', p.known.map((item) => `<${item}>`).join(), '<{known}>'],
  ['a spread list', [...p.known].join(), '{known}'],
  ['a field of a field', `${p.at.line}`, '{at.line}'],
])('prints %s by its name', (_, text, expected) => {
  expect(text).toBe(expected);
});

test('a list is not empty', () => {
  expect(p.known.length > 0).toBe(true);
});
