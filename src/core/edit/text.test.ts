import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isError } from '../base/index.ts';
import { editsDiff, readYaml, spliceText, unifiedDiff, type TextEdit } from './index.ts';

const file = 'app.yaml';

function edit(text: string, before: string, after: string): TextEdit {
  return { file, offset: text.indexOf(before), length: before.length, before, after };
}

describe('spliceText', () => {
  test('changes what it is told and nothing else', () => {
    const text = '\uFEFFimage: a:1 # why\r\nother: "b:2"\r\n';
    const edits = [edit(text, 'b:2', 'mirror/b:2'), edit(text, 'a:1', 'x')];
    expect(spliceText(text, edits)).toBe('\uFEFFimage: x # why\r\nother: "mirror/b:2"\r\n');
  });

  test('an edit given twice counts once', () => {
    const text = 'a: &i nginx';
    const one = edit(text, 'nginx', 'm/nginx');
    expect(spliceText(text, [one, { ...one }])).toBe('a: &i m/nginx');
  });

  test('refuses a text that changed, and edits that overlap', () => {
    const text = 'image: nginx:1.25';
    const one = edit(text, 'nginx:1.25', 'x');
    expect(() => spliceText('image: nginx:1.26', [one])).toThrow(
      expect.objectContaining({ code: 'PM_FILE_CHANGED' }),
    );
    const inner = edit(text, '1.25', '1.26');
    expect(() => spliceText(text, [one, inner])).toThrow(
      expect.objectContaining({ code: 'PM_EDITS_OVERLAP' }),
    );
  });

  test('can be taken back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string({ minLength: 1 }), fc.string()), { maxLength: 6 }),
        (parts) => {
          let offset = 0;
          let shifted = 0;
          const edits: TextEdit[] = [];
          const back: TextEdit[] = [];
          for (const [gap, before, after] of parts) {
            offset += gap.length;
            shifted += gap.length;
            edits.push({ file, offset, length: before.length, before, after });
            back.push({ file, offset: shifted, length: after.length, before: after, after: before });
            offset += before.length;
            shifted += after.length;
          }
          const text = parts.map(([gap, before]) => gap + before).join('');
          const changed = parts.map(([gap, , after]) => gap + after).join('');
          expect(spliceText(text, edits)).toBe(changed);
          // Where two empty replacements meet there is nothing left to tell them apart by.
          if (parts.every(([, , after]) => after !== '')) expect(spliceText(changed, back)).toBe(text);
        },
      ),
    );
  });
});

test('unifiedDiff speaks git', () => {
  expect(unifiedDiff('/deploy/app.yaml', 'a\nb\nc\n', 'a\nB\nc\n')).toBe(
    '--- a/deploy/app.yaml\n+++ b/deploy/app.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n',
  );
  expect(unifiedDiff('x', 'same', 'same')).toBe('');
});

const source = `# comment
kind: One # trailing
plain: quay.io/a/plain:1   # keep
single: 'quay.io/a/single:1'
double: "quay.io/a/double:1"
escaped: "quay.io\\/a/escaped:1"
folded: >-
    quay.io/a/folded:1
literal: |-  # why
  quay.io/a/literal:1
decoy: |
  image: quay.io/a/plain:1
flow: { image: quay.io/a/flow:1, list: [x, "quay.io/a/list:1"] }
base: &base
  image: &img quay.io/a/anchor:1
alias: *img
merged:
  <<: *base
  name: m
twice: first
twice: second
---
kind: Two
"a/b~c": quay.io/a/escaped-key:1
`;

describe.each([
  ['LF', source],
  ['CRLF', source.replaceAll('\n', '\r\n')],
  ['BOM and CRLF', `\uFEFF${source.replaceAll('\n', '\r\n')}`],
])('readYaml with %s', (_name, text) => {
  const [one, two] = readYaml(text, file);

  test.each([
    ['/plain', 'quay.io/a/plain:1', 3, 8],
    ['/single', 'quay.io/a/single:1', 4, 10],
    ['/double', 'quay.io/a/double:1', 5, 10],
    ['/folded', 'quay.io/a/folded:1', 8, 5],
    ['/literal', 'quay.io/a/literal:1', 10, 3],
    ['/flow/image', 'quay.io/a/flow:1', 13, 16],
    ['/flow/list/1', 'quay.io/a/list:1', 13, 45],
    ['/alias', 'quay.io/a/anchor:1', 15, 15],
    ['/merged/image', 'quay.io/a/anchor:1', 15, 15],
    ['/twice', 'second', 21, 8],
  ])('%s is %s at %i:%i', (pointer, expected, line, column) => {
    const position = one?.locate(pointer);
    expect(position).toMatchObject({ file, line, column });
    expect(text.slice(position?.offset, (position?.offset ?? 0) + (position?.length ?? 0))).toBe(expected);
  });

  test('an edit of every position changes only those strings', () => {
    const position = two?.locate('/a~1b~0c');
    if (position === undefined) throw new Error('not found');
    const before = 'quay.io/a/escaped-key:1';
    const after = spliceText(text, [{ ...position, before, after: 'x' }]);
    expect(after).toBe(text.replace(before, 'x'));
  });

  test('what is not there, not a string or written with escapes has no position', () => {
    for (const pointer of ['/escaped', '/flow', '/gone', '/kind/deeper', '/decoy']) {
      expect(one?.locate(pointer)).toBeUndefined();
    }
    expect(one?.value).toMatchObject({
      escaped: 'quay.io/a/escaped:1',
      merged: { image: 'quay.io/a/anchor:1' },
    });
  });
});

test('JSON with tabs is read too', () => {
  const text = '{\n\t"spec": {\n\t\t"image": "nginx"\n\t}\n}\n';
  expect(readYaml(text, 'a.json')[0]?.locate('/spec/image')).toMatchObject({
    line: 3,
    column: 13,
    length: 5,
  });
});

test.each([
  ['a: b: c\n', 1, 4],
  ['ok: 1\n---\nlist: [1, 2\nnext: 3\n', 4, 1],
  ['a: 1\n--- # the document\na: *nowhere\n', 2, 1],
  ['{{- if .Values.x }}\na: 1\n{{- end }}\n', 1, 3],
])('a broken text says where: %j', (text, line, column) => {
  try {
    readYaml(text, file);
    expect.unreachable();
  } catch (error) {
    if (!isError(error, 'PM_FILE_BROKEN')) throw error;
    expect(error.params).toMatchObject({ file, line, column });
    expect(error.where).toBe(`${file}:${line}:${column}`);
  }
});

test('an alias bomb is refused', () => {
  const levels = 'abcdefghij'.split('').map((name, i) =>
    i === 0
      ? `${name}: &${name} [x]`
      : `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefghij'[i - 1]}`)
          .join(',')}]`,
  );
  expect(() => readYaml(levels.join('\n'), file)).toThrow(
    expect.objectContaining({ code: 'PM_FILE_BROKEN' }),
  );
});

test('editsDiff tells what unifiedDiff tells', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('x', 'y', 'same'), fc.boolean()), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom('new', 'two\n  lines'),
      (rows, isWhole, after) => {
        const text = rows.map(([word], i) => `${i}: ${word}`).join('\n') + (isWhole ? '\n' : '');
        let offset = 0;
        const edits = rows.flatMap(([word, changes], i) => {
          const at = offset + `${i}: `.length;
          offset = at + word.length + 1;
          return changes
            ? [{ file, offset: at, length: word.length, before: word, after: `${after}${word}` }]
            : [];
        });
        expect(editsDiff('a.yaml', text, edits)).toBe(unifiedDiff('a.yaml', text, spliceText(text, edits)));
      },
    ),
  );
});

describe('a text that was made to exhaust its reader', () => {
  const nested = (open: string, close: string, depth: number): string =>
    open.repeat(depth) + close.repeat(depth);
  const rows: readonly (readonly [string, string])[] = [
    ['lists of lists', `a: ${nested('[', ']', 20_000)}`],
    ['lists of lists that are not closed', `a: ${'['.repeat(20_000)}`],
    ['maps of maps', `a: ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['maps of maps as the full parser reads them', `a: !!map ${'{a: '.repeat(600)}1${'}'.repeat(600)}`],
    ['dashes', `${'- '.repeat(5000)}a`],
    ['keys below keys', Array.from({ length: 1500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    [
      'aliases of aliases',
      ['a0: &a0 [x, x]']
        .concat(Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`))
        .join('\n'),
    ],
  ];
  test.each(rows)('%s is told with its place', (_, text) => {
    expect(() => readYaml(text, file)).toThrow(expect.objectContaining({ code: 'PM_FILE_BROKEN' }));
  });

  test('as deep as objects are, it is read', () => {
    const text = `a: ${nested('[', ']', 150)}\nb: ${'{a: '.repeat(100)}1${'}'.repeat(100)}`;
    expect(readYaml(text, file)).toHaveLength(1);
  });
});
