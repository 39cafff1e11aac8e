import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Half-width marks that touch Chinese text; a mark that ends a Latin word in a list stays as it is. */
const halfWidth =
  /\p{Script=Han}[”」）]?(?:[;!?](?![\w[])|[,:](?!\w)| ?\((?!\$))|(?:[,;:!?]|\)) ?\p{Script=Han}/u;

/** What the mark belongs to is code there: kept out of the sight of the test. */
function prose(line: string): string {
  let text = line.replaceAll(/`[^`]*`|\/\^.*\$\/\w*/g, 'x').replaceAll(/\[[^\]]*\](?:\([^)]*\))?/g, 'x');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replaceAll(/\$\{[^{}]*\}/g, 'x');
  }
  return text;
}

function offences(files: readonly string[], read: (text: string) => readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    read(readFileSync(join(root, file), 'utf8')).flatMap((line, index) =>
      halfWidth.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
    ),
  );
}

test('Chinese texts of the product have full-width punctuation', () => {
  const files = globSync(['src/**/*.ts', 'tools/**/*.{ts,cjs}', 'bin/*.cjs'], { cwd: root }).filter(
    // Patterns of what others print are no texts of ours.
    (file) => !/\.test\.ts$|failures\/(?:rules|excerpts)\//.test(file),
  );
  const code = (text: string): readonly string[] =>
    text.split('\n').map((line) => {
      const inTemplates = line.replaceAll('`', '"');
      return /^\s*(?:\/\/|\*|\/\*\*)/.test(line) || !/["'].*\p{Script=Han}/u.test(inTemplates)
        ? ''
        : prose(inTemplates);
    });
  expect(files.length).toBeGreaterThan(300);
  expect(offences(files, code)).toEqual([]);
});

test('Chinese pages have full-width punctuation', () => {
  const files = ['README.zh-CN.md', ...globSync('docs/zh/**/*.md', { cwd: root })];
  const page = (text: string): readonly string[] => {
    let fenced = false;
    return text.split('\n').map((line) => {
      if (/^\s*```/.test(line)) fenced = !fenced;
      return fenced || line.startsWith('<!--') ? '' : prose(line);
    });
  };
  expect(offences(files, page)).toEqual([]);
});
