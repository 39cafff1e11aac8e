import type { Lang } from '../../../../core/base/index.ts';
import type { Block, Pages } from './blocks.ts';
import { escapeHtml } from './escape.ts';
import { style } from './style.ts';

/** Nothing may be loaded and nothing may run, whatever a name or a message holds. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;

/** A page as one file that needs no network. */
export function htmlPage({ title, headline, about, blocks, made }: Pages, lang: Lang): string {
  return [
    '<!doctype html>',
    `<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(headline)}</title>`,
    `<style>\n${style}\n</style>`,
    '</head>',
    '<body>',
    `<header><h1>${escapeHtml(title)}</h1>`,
    `<p class="headline">${escapeHtml(headline)}</p>`,
    `<p class="about">${escapeHtml(about)}</p></header>`,
    ...blocks.map(blockOf),
    `<footer>${escapeHtml(made)}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockOf(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const head = block.columns.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
      const rows = block.rows.map((cells) => {
        const all = cells.map(
          ({ text, name }) => `<td${name === true ? ' class="name"' : ''}>${escapeHtml(text)}</td>`,
        );
        return `<tr>${all.join('')}</tr>`;
      });
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
    }
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
  }
}
