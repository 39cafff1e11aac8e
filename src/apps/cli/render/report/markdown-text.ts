/** A table; the cells are Markdown already, the heads plain text. */
export function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [columns.map(text), columns.map(() => '---'), ...rows].map(line).join('\n');
}

/** Plain text: nothing of it is taken for Markdown, HTML or a mention of somebody. */
export function text(plain: string): string {
  return plain
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~!&]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200B');
}

/** A code span whose fence is longer than any inside; a `|` would end the cell of a table. */
export function code(plain: string): string {
  if (plain === '') return '';
  const line = plain.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

export function fenced(plain: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}${language}\n${plain}\n${fence}`;
}

function longestRun(plain: string): number {
  return Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
}
