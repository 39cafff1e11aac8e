import { expect, test } from 'vitest';
import { PullmendError } from '../../base/index.ts';
import { parseOperator } from './index.ts';

const good = `name: shop-operator
title: Shop Operator
versions: '>=1'
sources: [https://git.example/shop/main.go]
controllers:
  - kind: Deployment
    names: [shop-operator]
owns:
  - group: lab.example
    kinds: [Shop]
images:
  - of: quay.io/acme/web
    at: { field: /spec/image, group: lab.example, kind: Shop }
  - of: quay.io/acme/web
    at: { flag: --web-image }
reverts: always
`;

function mistakes(text: string): readonly string[] {
  try {
    parseOperator(text, 'shop.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof PullmendError) || error.code !== 'PM_KNOWLEDGE_INVALID') throw error;
    const { problems } = error.params as {
      problems: readonly { line: number; column: number; path: string; fault: { kind: string } }[];
    };
    return problems.map(({ line, column, path, fault }) => `${line}:${column} ${path} ${fault.kind}`);
  }
}

test('an operator as a person writes it', () => {
  expect(parseOperator(good, 'shop.yaml')).toMatchObject({ name: 'shop-operator', reverts: 'always' });
});

test.each<readonly [string, string, readonly string[]]>([
  ['no YAML', 'name: [', ['1:8  syntax']],
  ['an unknown key', good.replace('reverts:', 'revert: 1\nreverts:'), ['16:1 revert unknown-key']],
  ['a key that is missing', good.replace('title: Shop Operator\n', ''), ['1:1 title missing']],
  ['a wrong type', good.replace("'>=1'", '1'), ['3:11 versions wrong-type']],
  ['a word that is none of those', good.replace('always', 'alway'), ['16:10 reverts not-allowed']],
  [
    'a name that cannot be one',
    good.replace('shop-operator\ntitle', 'Shop_Operator\ntitle'),
    ['1:7 name rule'],
  ],
  ['a source that is no URL', good.replace('https://', 'http://'), ['4:11 sources[0] rule']],
  ['a field without its kind', good.replace(', kind: Shop', ''), ['13:9 images[0].at.kind missing']],
  ['a flag without dashes', good.replace('--web-image', 'web-image'), ['15:17 images[1].at.flag rule']],
  ['no place at all', good.replace('{ flag: --web-image }', '{}'), ['15:9 images[1].at not-allowed']],
])('%s is told with its line', (_, text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});
