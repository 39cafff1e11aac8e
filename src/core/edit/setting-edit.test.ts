import { describe, expect, test } from 'vitest';
import { readYaml, settingEdit, settingsEdit, spliceText } from './index.ts';

const path = ['spec', 'registry', 'privateRegistry'] as const;

function set(text: string, keys: readonly [string, ...string[]] = path, document = 0): string | undefined {
  const edit = settingEdit({ text, path: 'f.yaml' }, document, keys, 'h.example/x');
  if (edit === undefined) return undefined;
  const after = spliceText(text, [edit]);
  expect(settingEdit({ text: after, path: 'f.yaml' }, document, keys, 'h.example/x')).toBeUndefined();
  expect(JSON.stringify(readYaml(after, 'f.yaml')[document]?.value)).toContain('"h.example/x"');
  return after;
}

describe('settingEdit', () => {
  test.each([
    [
      'spec:\n  registry:\n    privateRegistry: "" # empty\n',
      'spec:\n  registry:\n    privateRegistry: "h.example/x" # empty\n',
    ],
    [
      'spec:\n  registry:\n    privateRegistry: old # was\n',
      'spec:\n  registry:\n    privateRegistry: "h.example/x" # was\n',
    ],
    [
      'spec:\n  registry:\n    privateRegistry:\n    a: 1\n',
      'spec:\n  registry:\n    privateRegistry: "h.example/x"\n    a: 1\n',
    ],
    [
      'spec:\r\n  registry:\r\n    # c\r\n    a: 1\r\n',
      'spec:\r\n  registry:\r\n    # c\r\n    privateRegistry: "h.example/x"\r\n    a: 1\r\n',
    ],
    ['spec:\n  a: 1\n', 'spec:\n  registry: {privateRegistry: "h.example/x"}\n  a: 1\n'],
    ['spec: {registry: {}, a: 1}\n', 'spec: {registry: {privateRegistry: "h.example/x"}, a: 1}\n'],
    ['spec: {a: 1}\n', 'spec: {registry: {privateRegistry: "h.example/x"}, a: 1}\n'],
  ])('%j', (before, after) => {
    expect(set(before)).toBe(after);
  });

  test('only the document that is meant', () => {
    const text = 'a: 1\n---\n# two\nspec:\n  local_registry: ""\n  b: 2\n';
    expect(set(text, ['spec', 'local_registry'], 1)).toBe(text.replace('""', '"h.example/x"'));
  });

  test.each([
    'spec: []\n',
    'x: 1\nspec:\n  registry: [a]\n',
    'spec: &a {b: 1}\nc: *a\nspec2: 1\nregistry: 1\n',
  ])('%j keeps its other bytes or is refused', (text) => {
    const after = set(text);
    if (after !== undefined)
      expect(after.replace('registry: {privateRegistry: "h.example/x"}, ', '')).toBe(text);
  });
});

describe('settingsEdit', () => {
  const settings = ['a', 'b'].map((key) => ({
    path: ['spec', 'registry', key] as const,
    value: `${key}.io`,
  }));
  test.each([
    ['spec:\n  x: 1\n', 'spec:\n  registry: {b: "b.io", a: "a.io"}\n  x: 1\n'],
    [
      'spec:\n  registry:\n    a: "" # one\n    c: 1\n    b: # two\n',
      'spec:\n  registry:\n    a: "a.io" # one\n    c: 1\n    b: "b.io" # two\n',
    ],
    ['spec:\n  registry:\n    c: 1\n', 'spec:\n  registry:\n    b: "b.io"\n    a: "a.io"\n    c: 1\n'],
  ])('%j: one edit for all', (text, expected) => {
    const edit = settingsEdit({ text, path: 'f.yaml' }, 0, settings);
    expect(edit === undefined ? undefined : spliceText(text, [edit])).toBe(expected);
    expect(settingsEdit({ text: expected, path: 'f.yaml' }, 0, settings)).toBeUndefined();
  });

  test('all or none', () => {
    const text = 'spec:\n  registry:\n    b: [x]\n';
    expect(settingsEdit({ text, path: 'f.yaml' }, 0, settings)).toBeUndefined();
    expect(settingsEdit({ text, path: 'f.yaml' }, 0, [])).toBeUndefined();
  });
});
