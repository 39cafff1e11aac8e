import {
  errorCatalogue,
  languages,
  errorSample,
  type ErrorCode,
  type ErrorSpec,
  type Fault,
  type Lang,
} from '../../src/core/base/index.ts';
import { domainWords } from '../../src/core/i18n/index.ts';
import { referencePage, type Page } from './page.ts';

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
  const text = errorSample(code).text(lang);
  const facts = `${w.exit} ${spec.exit} · ${domainWords(lang).words.labelled(w.move, faults[lang][spec.fault])}`;
  const lines = [
    `${code}  ${text.what}`,
    ...(text.likely === undefined ? [] : [`  ${w.likely}  ${text.likely}`]),
    ...(text.do === undefined ? [] : [`  ${w.next}  ${text.do}`]),
  ];
  return [`## ${code}`, facts, ['```text', ...lines, '```'].join('\n')].join('\n\n');
}
