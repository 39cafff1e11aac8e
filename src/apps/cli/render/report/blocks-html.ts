import type { Lang } from '../../../../core/base/index.ts';
import type { Block, Pages } from './blocks.ts';
import { escapeHtml } from './escape.ts';
import { htmlFile } from './html-page.ts';

/** A page of blocks as one file. */
export function htmlPage({ blocks, ...page }: Pages, lang: Lang): string {
  return htmlFile({ ...page, lang, body: blocks.map(blockOf) });
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
