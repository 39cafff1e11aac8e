import { structuredPatch } from 'diff';

/** A value that opens something: shown is only that it is there. */
const secretLine =
  /^(\s*"?[\w.-]*(?:auth|password|secret|token|username|identitytoken)[\w.-]*"?\s*[:=]\s*).+$/i;

/** As many lines as a person reads. */
const maxLines = 200;

/** The lines that go (`-`) and come (`+`), with line numbers left out and secrets hidden. */
export function changedLines(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 0 });
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => /^[+-]/.test(line));
  const shown = lines.slice(0, maxLines).map((line) => (line[0] ?? '') + hidden(line.slice(1)));
  return lines.length > maxLines ? [...shown, `… ${lines.length - maxLines}`] : shown;
}

function hidden(line: string): string {
  return line.replace(secretLine, '$1***');
}
