import type { Lang } from '../../src/core/base/index.ts';

/** One generated page: where it lies below the repository, and its whole text. */
export type Page = { readonly path: string; readonly text: string };

const notice: Readonly<Record<Lang, string>> = {
  en: '<!-- Written by `npm run gen` from the code; do not edit. -->',
  zh: '<!-- 由 `npm run gen` 从代码生成；请勿手工修改。-->',
};

/** A reference page in one language, from its paragraphs. */
export function referencePage(lang: Lang, name: string, paragraphs: readonly string[]): Page {
  const folder = lang === 'en' ? 'docs/reference' : `docs/${lang}/reference`;
  return { path: `${folder}/${name}.md`, text: `${[notice[lang], ...paragraphs].join('\n\n')}\n` };
}

/** A Markdown table; cells may hold anything. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', '<br>');
}
