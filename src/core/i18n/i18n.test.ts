import { describe, expect, test } from 'vitest';
import { languages, type Lang } from '../base/index.ts';
import type { NamedManager } from './manager-title.ts';
import { chooseLang, domainWords, formatNumber, isLang } from './index.ts';

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
    const { words } = domainWords('en');
    expect([0, 1, 2, 1000].map(words.pods)).toEqual(['0 pods', '1 pod', '2 pods', '1,000 pods']);
    expect(domainWords('zh').words.pods(1000)).toBe('1,000 个 Pod');
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
    expect(domainWords('en').words.duration(seconds)).toBe(en);
    expect(domainWords('zh').words.duration(seconds)).toBe(zh);
  });
});

test.each<[NamedManager, string, string]>([
  [{ by: 'helm', namespace: 'shop', name: 'web' }, 'Helm release shop/web', 'Helm release shop/web'],
  [{ by: 'argocd', name: 'store' }, 'Argo CD application store', 'Argo CD 应用 store'],
  [{ by: 'argocd' }, 'an Argo CD application', '某个 Argo CD 应用'],
  [{ by: 'flux', kind: 'Kustomization', namespace: 'a', name: 'b' }, 'Flux Kustomization a/b', ''],
  [{ by: 'controller', kind: 'Cluster', name: 'pg' }, 'Cluster/pg', ''],
  [{ by: 'deletion', kind: 'Namespace', name: 'shop' }, 'Namespace shop', ''],
  [{ by: 'static-pod', name: 'n1' }, 'Node/n1', ''],
  [{ by: 'writer', name: 'kubectl-edit' }, 'kubectl-edit', ''],
])('%j is called %s', (manager, en, zh) => {
  expect([domainWords('en'), domainWords('zh')].map(({ managers }) => managers.title(manager))).toEqual([
    en,
    zh === '' ? en : zh,
  ]);
});
