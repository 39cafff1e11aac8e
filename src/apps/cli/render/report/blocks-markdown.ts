import type { Block, Cell, Pages } from './blocks.ts';
import { code, fenced, tableOf, text } from './markdown-text.ts';

/** A page as GitHub-flavoured Markdown. */
export function markdownPage({ title, headline, about, blocks, made }: Pages): string {
  const head = [`# ${text(title)}`, `**${text(headline)}**`, text(about)];
  return `${[...head, ...blocks.map(blockOf), `<sub>${text(made)}</sub>`].join('\n\n')}\n`;
}

function blockOf(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${text(block.text)}`;
    case 'text':
      return text(block.text);
    case 'list':
      return block.items.map((item) => `- ${text(item)}`).join('\n');
    case 'table':
      return tableOf(
        block.columns,
        block.rows.map((cells) => cells.map(cellOf)),
      );
    case 'code':
      return fenced(block.text, block.language);
  }
}

function cellOf({ text: plain, name }: Cell): string {
  return name === true ? code(plain) : text(plain);
}
