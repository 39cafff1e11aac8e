import { expect, test } from 'vitest';
import { editsDiff, secretLines } from './index.ts';

const secret =
  'apiVersion: v1\nkind: Secret\nstringData:\n  conf: |\n    image: a/b:1\n    password: hunter2\n';
const pod = 'kind: Pod\nspec:\n  containers:\n    - image: a/b:1\n';

function patch(text: string): string {
  const edits = [...text.matchAll(/a\/b:1/g)].map(({ index }) => ({
    file: 'f.yaml',
    offset: index,
    length: 5,
    before: 'a/b:1',
    after: 'm/b:1',
  }));
  return editsDiff('f.yaml', text, edits, secretLines(text));
}

test('a patch shows nothing of a Secret, neither its own changes nor as neighbours of others', () => {
  const shown = patch(`${pod}---\n${secret}---\n${pod}`);
  expect(shown).not.toContain('hunter2');
  expect(shown.match(/^\+    - image: m\/b:1$/gm)).toHaveLength(2);
  expect(shown).not.toContain('stringData');
  expect(patch(pod)).toContain('+    - image: m/b:1');
});

test.each([
  ['JSON in one line', '{"kind":"Secret","data":{"image":"a/b:1"}}\n'],
  ['an item of a list', 'kind: List\nitems:\n  - kind: Secret\n    stringData: { image: a/b:1 }\n'],
  ['a quoted kind', `'kind': "Secret"\nimage: a/b:1\n`],
])('hides %s', (_, text) => {
  expect(patch(text)).toBe('');
});

test('a Secret that is only named hides nothing', () => {
  expect(secretLines('kind: Pod\nspec:\n  volumes: [{ secret: { secretName: Secret } }]\n')).toEqual([]);
});
