import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { documentsIn } from '../document-text.ts';
import { FullDocument } from '../full-yaml.ts';
import { readYaml } from '../index.ts';
import { readPlain, valueOfNode } from './index.ts';

/** Between brackets and quotes the quick reader takes any indentation, as go-yaml does. */
const lenient = /^(?:Flow |Missing closing ['"]|Implicit (?:map )?keys? )/;

/** Both readers on one text: where the quick one gives an answer, it must be the answer of the full one. */
function compare(text: string): 'same' | 'left' {
  const parts = documentsIn(text);
  let result: 'same' | 'left' = 'same';
  for (const { start, end, bodyStart } of parts) {
    const plain = bodyStart === undefined ? undefined : readPlain(text, bodyStart, end);
    if (plain === undefined) {
      result = 'left';
      continue;
    }
    const [full] = FullDocument.read(text.slice(start, end));
    const shown = JSON.stringify(text.slice(start, end));
    if (full?.fault !== undefined && lenient.test(full.fault.reason)) {
      result = 'left';
      continue;
    }
    if (full?.fault !== undefined) expect.unreachable(`${full.fault.reason} was not seen in ${shown}`);
    const value = plain === null ? null : valueOfNode(plain);
    if (JSON.stringify(value) !== JSON.stringify(full?.value ?? null)) {
      expect({ text: shown, value }).toEqual({ text: shown, value: full?.value ?? null });
    }
  }
  return result;
}

test.each([
  'a: 1\nb: two\nc:\n  d: [x, "y", {z: 1}]\n',
  'list:\n- a\n- b: 1\n  c: 2\n-\n  - x\n  - - y\n    - z\n',
  'list:\n  - - a\n    - b\n  - c\n',
  'text: |\n  one\n   two\n\n  three\n\nnext: |-\n  x\nlast: |+\n  y\n\n',
  'fold: >-\n  one\n  two\n\n  three\nnext: >\n  a\n',
  'plain: one\n  two\n\n  three\nnext: x\n',
  "q: \"one\n  two\"\ns: 'it''s\n\n  so'\n",
  'a:\nb: ~\nc: null\nd: ""\ne: yes\nf: 1.20\ng: 0x1F\nh: 1e3\ni: 012\nj: -1\nk: .5\nl: +1\n',
  '# only a comment\n',
  'a: 1 # c\n# b\nb: x#y # z\n# end',
  '"quoted key": 1\n\'other\': 2\n80: x\nu:v: w\n',
  'a: http://x:80/y\nb: -x\nc: a - b\nd: x, y\n',
  '{"a": {"b": [1, 2.50, null, true, "x\\ty\\u0041"]},\n\t"c":[]}',
  '- a\n- b: {c: d}\n',
  'a: []\nb: {}\nc: [ ]\nd: {a: b, "c":d}\n',
  'a: b\r\nc: |\r\n  x\r\n  y\r\nd: z\r\n',
  'template:\n  spec:\n    containers:\n    - name: x\n      args:\n      - --a=b\n      - -c\n',
  'a: |\n\n  x\n',
  'a: |\n  x',
  'a: >\n\n  x\n  y\n\n\n  z\n',
])('reads as the full parser does: %j', (text) => {
  compare(text);
  compare(text.replaceAll('\n', '\r\n'));
});

test.each([
  'a:   # why\n  b: 1\nc: # d\n- e\n',
  'a: one\n  - two\n  "three"\n  [four]\nb: x\n',
  'a:\n  on its own line\n  and the next\nb:\n  "x\n  y"\nc:\n- \n  z\n',
  '- "one\n  two"\n- x\n',
  'a: [sh, -c, "x"]\n',
  'a: "one \\\n  \\  two \\\n  three"\n',
  'a: |\n  x\n  \ty\n    \n  z\n     \nb: 1\n',
])('reads it itself, as the full parser does: %j', (text) => {
  expect(compare(text)).toBe('same');
  expect(compare(text.replaceAll('\n', '\r\n'))).toBe('same');
});

test.each([
  'a: &x 1\nb: *x\n',
  'a: !!str 1\n',
  '? a\n: b\n',
  'a: "\\x41"\n',
  '<<: {a: 1}\n',
  'a: b: c\n',
  'a: [1\n',
])('leaves to the full parser: %j', (text) => {
  expect(compare(text)).toBe('left');
});

const key = fc.stringMatching(/^[a-zA-Z][\w.-]{0,8}$/);
const leaf = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '"', "'", '\\', '{', ',', '1', '.'),
    maxLength: 14,
  }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, 'nginx:1.27', '1.20', 'true', '~', '- x', 'a: b', '@x', '%y', '*z', '&w', '!v'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const document = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 });
const options = fc.record({
  lineWidth: fc.constantFrom(0, 20, 80),
  indentSeq: fc.boolean(),
  indent: fc.constantFrom(2, 4),
  defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_SINGLE' as const, 'BLOCK_FOLDED' as const),
});

test('between brackets any indentation is taken, as kubectl and Helm do', () => {
  const text = 'command: [ "/bin/sh",\n"-ce",\n"exit" ]\nlist: [\n]\n';
  const plain = readPlain(text, 0, text.length);
  expect(plain && valueOfNode(plain)).toEqual({ command: ['/bin/sh', '-ce', 'exit'], list: [] });
});

test('between quotes any indentation is taken, as kubectl and Helm do', () => {
  const text = 'a:\n  b: \'one\n  two\'\n  c: "x\ny"\n';
  const plain = readPlain(text, 0, text.length);
  expect(plain && valueOfNode(plain)).toEqual({ a: { b: 'one two', c: 'x y' } });
});

test('reads what is written of any value as the full parser does, also broken by a stroke', () => {
  let read = 0;
  fc.assert(
    fc.property(
      document,
      options,
      fc.nat(),
      fc.constantFrom('', ' ', '\n', ':', '"', '#', '-', '  '),
      (value, how, at, stroke) => {
        const text = stringify(value, how);
        if (compare(text) === 'same') read += 1;
        const place = at % (text.length + 1);
        compare(text.slice(0, place) + stroke + text.slice(place + (stroke === '' ? 1 : 0)));
      },
    ),
    { numRuns: 1000 },
  );
  expect(read).toBeGreaterThan(0);
});

test('JSON in any layout', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
      const value = { a: JSON.parse(json) as unknown };
      compare(JSON.stringify(value, undefined, indent));
    }),
  );
});

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  const files = globSync('**/*.{yaml,yml,json}', { cwd: fileURLToPath(corpus) });
  test('every document is read as the full parser does', () => {
    let quick = 0;
    for (const file of files) {
      const text = readFileSync(new URL(file, corpus), 'utf8');
      // What is no YAML (a template) is for nobody.
      if (parseAllDocuments(text, { uniqueKeys: false }).some(({ errors }) => errors.length > 0)) continue;
      if (compare(text) === 'same') quick += 1;
      // Braces of a template read as a map that is a key.
      if (!text.includes('{{')) expect(() => readYaml(text, file)).not.toThrow();
    }
    expect(quick / files.length).toBeGreaterThan(0.7);
  }, 120_000);
});
