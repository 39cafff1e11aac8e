import {
  errorCatalogue,
  languages,
  type ErrorCode,
  type ErrorParams,
  type ErrorSpec,
  type Fault,
  type Lang,
} from '../../src/core/base/index.ts';
import { domainWords } from '../../src/core/i18n/index.ts';
import { referencePage, type Page } from './page.ts';
import { placeholders } from './placeholder.ts';

const words = {
  en: {
    title: '# Errors',
    intro:
      'Every error has a stable code. The texts stand here as the command prints them; `{braces}` stand for what it fills in.',
    exit: 'exit code',
    move: 'whose move',
    likely: 'likely',
    next: 'do    ',
  },
  zh: {
    title: '# 错误代码',
    intro: '每个错误都有固定的代码。下面是命令输出的原文；`{花括号}` 处由命令填入实际内容。',
    exit: '退出码',
    move: '该谁处理',
    likely: '可能',
    next: '处理',
  },
} as const satisfies Record<Lang, object>;

const faults: Readonly<Record<Lang, Readonly<Record<Fault, string>>>> = {
  en: {
    you: 'you',
    cluster: 'the cluster',
    registry: 'the registry',
    network: 'the network',
    pullmend: 'pullmend',
  },
  zh: { you: '使用者', cluster: '集群', registry: '镜像仓库', network: '网络', pullmend: 'pullmend' },
};

/** Parameters of errors whose text depends on what is in them, so that no placeholder will do. */
const examples: { readonly [C in ErrorCode]?: ErrorParams<C> } = {
  PM_FORBIDDEN: { verb: 'patch', resource: 'deployments.apps', namespace: 'shop', user: 'jane' },
  PM_HARBOR_UNSUITABLE: { mirror: '{mirror}', reason: 'no-project' },
  PM_HARBOR_DIFFERS: {
    host: '{host}',
    name: '{name}',
    reason: 'other-upstream',
    have: '{have}',
    want: '{want}',
  },
  PM_HARBOR_HALF_DONE: { made: 3, of: 5, why: { en: '{why}', zh: '{why}' } },
  PM_CONFIG_INVALID: {
    file: '{file}',
    problems: [
      {
        line: 3,
        column: 5,
        path: 'mirrors[0].shceme',
        fault: { kind: 'unknown-key', key: 'shceme', didYouMean: 'scheme' },
      },
      { line: 7, column: 5, path: 'mirrors[1].at', fault: { kind: 'missing' } },
    ],
  },
};

/** The error reference in every language. */
export function errorPages(): readonly Page[] {
  const entries = Object.entries(errorCatalogue).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return languages.map((lang) => {
    const { title, intro } = words[lang];
    const sections = entries.map(([code, spec]) =>
      section(code as ErrorCode, spec as ErrorSpec<object>, lang),
    );
    return referencePage(lang, 'errors', [title, intro, ...sections]);
  });
}

function section(code: ErrorCode, spec: ErrorSpec<object>, lang: Lang): string {
  const w = words[lang];
  const text = spec.text[lang](examples[code] ?? placeholders());
  const facts = `${w.exit} ${spec.exit} · ${domainWords(lang).words.labelled(w.move, faults[lang][spec.fault])}`;
  const lines = [
    `${code}  ${text.what}`,
    ...(text.likely === undefined ? [] : [`  ${w.likely}  ${text.likely}`]),
    ...(text.do === undefined ? [] : [`  ${w.next}  ${text.do}`]),
  ];
  return [`## ${code}`, facts, ['```text', ...lines, '```'].join('\n')].join('\n\n');
}
