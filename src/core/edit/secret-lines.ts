/** Numbers of lines from 0, both included. */
export type LineSpan = { readonly first: number; readonly last: number };

const separator = /^---(?:\s|$)/;
/** In YAML and JSON, at any depth: an item of a List is hidden with the whole document. */
const secretKind = /^[\s\-{,]*["']?kind["']?\s*:\s*["']?Secret\b/;
const quick = /\bSecret\b/;

/** The documents of a file that hold a Secret, without their separators; nothing of them may be shown. */
export function secretLines(text: string): readonly LineSpan[] {
  if (!quick.test(text)) return [];
  const spans: LineSpan[] = [];
  let first = 0;
  let holds = false;
  const lines = text.split('\n');
  const end = (last: number): void => {
    if (holds) spans.push({ first, last });
    first = last + 2;
    holds = false;
  };
  for (const [number, line] of lines.entries()) {
    if (separator.test(line)) end(number - 1);
    // A document in one line, as in JSON, is looked through as a whole.
    else holds ||= secretKind.test(line) || /[{,]\s*["']?kind["']?\s*:\s*["']?Secret\b/.test(line);
  }
  end(lines.length - 1);
  return spans;
}
