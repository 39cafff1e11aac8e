import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { languages, type Lang } from '../base/index.ts';
import { chooseLang, formatNumber, isLang, messages } from './index.ts';

describe('the language of a person', () => {
  test.each<[Lang | undefined, Record<string, string>, Lang]>([
    [undefined, {}, 'en'],
    [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh'],
    [undefined, { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
    [undefined, { LANG: 'en_US.UTF-8', LC_ALL: 'zh_TW' }, 'zh'],
    [undefined, { LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
    [undefined, { LANG: 'C.UTF-8' }, 'en'],
    ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
    ['zh', { LANG: 'de_DE.UTF-8' }, 'zh'],
  ])('--lang %s, %j → %s', (flag, env, lang) => {
    expect(chooseLang(flag, env)).toBe(lang);
  });

  test('only languages that exist', () => {
    expect(languages.every(isLang)).toBe(true);
    expect(isLang('fr')).toBe(false);
  });
});

describe('numbers and times', () => {
  test('plural', () => {
    const { words } = messages('en');
    expect([0, 1, 2, 1000].map(words.pods)).toEqual(['0 pods', '1 pod', '2 pods', '1,000 pods']);
    expect(messages('zh').words.pods(1000)).toBe('1,000 个 Pod');
    expect(formatNumber(1.25, 1)).toBe('1.3');
    expect([0, 999, 1000, 1_234_567].map((n) => formatNumber(n))).toEqual(['0', '999', '1,000', '1,234,567']);
    expect(formatNumber(1234.56, 1)).toBe('1,234.6');
  });

  test.each([
    [0.34, '0.3 s', '0.3 秒'],
    [47.2, '47 s', '47 秒'],
    [119, '119 s', '119 秒'],
    [300, '5 min', '5 分钟'],
    [7200, '2 h', '2 小时'],
    [172_800, '2 d', '2 天'],
  ])('%s s', (seconds, en, zh) => {
    expect(messages('en').words.duration(seconds)).toBe(en);
    expect(messages('zh').words.duration(seconds)).toBe(zh);
  });
});

describe('catalogues', () => {
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

  test('Chinese texts are Chinese, with half-width punctuation', () => {
    for (const [path, text] of texts(messages('zh'))) {
      if (path.endsWith('/run') || path.startsWith('/help/placeholder')) continue;
      expect(text, path).toMatch(/\p{Script=Han}/u);
      expect(text, path).not.toMatch(/[，。；：！？（）]/);
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
});
