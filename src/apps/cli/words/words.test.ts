import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { loadMessages, messages } from './index.ts';

await loadMessages('zh');

/** Every fixed text by its path; functions are called where the screens are tested. */
function texts(node: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => texts(value, `${path}/${key}`));
}

test('the same texts in every language, none empty', () => {
  const [en, zh] = [texts(messages('en')), texts(messages('zh'))];
  expect(zh.map(([path]) => path)).toEqual(en.map(([path]) => path));
  for (const [path, text] of [...en, ...zh]) expect(text, path).not.toBe('');
});

test('Chinese texts are Chinese', () => {
  for (const [path, text] of texts(messages('zh'))) {
    if (path.endsWith('/run') || path.startsWith('/help/placeholder')) continue;
    expect(text, path).toMatch(/\p{Script=Han}/u);
  }
});

test('labels of rows leave a blank before their text', () => {
  const width = 5;
  for (const lang of ['en', 'zh'] as const) {
    const { problems, reach, registry } = messages(lang);
    const labels = [
      ...Object.values(problems.labels),
      ...Object.values(registry.labels),
      reach.label,
      reach.asked,
      reach.runs,
      reach.unknownLabel,
    ];
    for (const label of labels) expect(stringWidth(label), label).toBeLessThanOrEqual(width);
  }
});
