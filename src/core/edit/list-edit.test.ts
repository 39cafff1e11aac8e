import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listAdditions } from './list-edit.ts';
import { spliceText } from './splice.ts';

const path = 'kustomization.yaml';
const added = { name: 'nginx', newName: 'harbor.corp/nginx', newTag: '1.27' };

function add(text: string, key = 'images'): string {
  const edits = listAdditions({ text, path }, [{ key, items: [added] }]);
  return spliceText(text, edits ?? []);
}

describe.each(['\n', '\r\n'])('lines that end with %j', (end) => {
  test.each([
    ['a list as far in as its key', 'images:\n- name: a # why\n# end\n'],
    ['a list further in', 'resources: [a]\nimages:\n  -  name: a\n     newTag: x\n\nnamePrefix: b-\n'],
    ['a flow list', 'images: [{name: a}]\n'],
    ['an empty flow list', 'images: [] # none\nresources: [a]\n'],
    ['a field without a value', 'images:\nresources: [a]\n'],
    ['a block scalar at the end', 'images:\n  - name: a\n    note: |\n      one\n      two\n\nx: 1\n'],
    ['no such list', 'resources:\n    - a\n# the end\n'],
    ['no line break at the end', 'resources: [a]\nimages:\n  - name: a'],
  ])('%s', (_, source) => {
    const text = source.replaceAll('\n', end);
    const after = add(text);
    const before = parse(text) as { images?: readonly unknown[] };
    expect(parse(after)).toEqual({ ...before, images: [...(before.images ?? []), added] });
    // Nothing is taken away, and all lines end alike.
    expect(after.replaceAll(end, '')).not.toMatch(/[\r\n]/);
    for (const line of text.split(end)) if (!line.includes('[')) expect(after).toContain(line);
  });
});

test('two missing lists stand at the end, in order', () => {
  const text = 'resources:\n  - a\n';
  const edits = listAdditions({ text, path }, [
    { key: 'images', items: [added] },
    { key: 'patches', items: [{ patch: '- op: remove\n  path: /a' }] },
  ]);
  expect(spliceText(text, edits ?? [])).toBe(
    `${text}images:\n  - name: nginx\n    newName: harbor.corp/nginx\n    newTag: "1.27"\n` +
      'patches:\n  - patch: |-\n      - op: remove\n        path: /a\n',
  );
});

test.each(['{resources: [a]}\n', 'x: &a [1]\nimages: *a\n', '- a\n'])('%j takes none', (text) => {
  expect(listAdditions({ text, path }, [{ key: 'images', items: [added] }])).toBeUndefined();
});
