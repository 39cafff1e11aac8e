import type { LineSpan } from './secret-lines.ts';
import { spliceText, type TextEdit } from './splice.ts';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Unified diff that `git apply` and `patch -p1` take; empty when nothing differs. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const name = path.replace(/^\/+/, '');
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** Whole lines that edits change, counted from 0, and the text that they become. */
type Span = { readonly first: number; readonly last: number; readonly after: string };

/** Lines around a change, as git shows them. */
const contextLines = 3;

/**
 * The same for edits that are known: nothing needs to be compared, so that it takes no longer than reading. The edits
 * are in order and do not overlap. Edits within `hidden` lines are left out, and no such line is shown beside others.
 */
export function editsDiff(
  path: string,
  text: string,
  edits: readonly TextEdit[],
  hidden: readonly LineSpan[] = [],
): string {
  const lines = text.split('\n');
  const isOpen = lines.at(-1) !== '';
  if (!isOpen) lines.pop();
  const name = path.replace(/^\/+/, '');
  const parts = [`--- a/${name}`, `+++ b/${name}`];
  let shift = 0;
  const shown = spansOf(text, edits).filter((span) => !hidden.some((it) => within(span.first, it)));
  for (const spans of neighbours(shown, hidden)) {
    const { from, before, after, body } = hunkOf(lines, isOpen, spans, hidden);
    parts.push(`@@ -${range(from, before)} +${range(from + shift, after)} @@`, ...body);
    shift += after - before;
  }
  return parts.length === 2 ? '' : `${parts.join('\n')}\n`;
}

/** Is the line one of the span. */
function within(line: number, { first, last }: LineSpan): boolean {
  return line >= first && line <= last;
}

/** Spans so close that the lines around them meet are shown together. */
function neighbours(spans: readonly Span[], hidden: readonly LineSpan[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  for (const span of spans) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const between = last !== undefined && hidden.some((it) => it.first > last.last && it.last < span.first);
    const near = last !== undefined && span.first - last.last <= 2 * contextLines + 1;
    if (group !== undefined && near && !between) group.push(span);
    else groups.push([span]);
  }
  return groups;
}

type Hunk = {
  readonly from: number;
  readonly before: number;
  readonly after: number;
  readonly body: readonly string[];
};

/** @param isOpen the last line has no line break */
function hunkOf(
  lines: readonly string[],
  isOpen: boolean,
  spans: readonly Span[],
  hidden: readonly LineSpan[],
): Hunk {
  const first = spans[0]?.first ?? 0;
  const last = spans.at(-1)?.last ?? 0;
  const above = hidden.findLast((it) => it.last < first)?.last ?? -1;
  const below = hidden.find((it) => it.first > last)?.first ?? lines.length;
  const from = Math.max(above + 1, first - contextLines);
  const to = Math.min(lines.length, below, last + 1 + contextLines);
  const body: string[] = [];
  let after = 0;
  let at = from;
  const add = (mark: ' ' | '-' | '+', line: string, isLast: boolean): void => {
    if (mark !== '-') after += 1;
    body.push(`${mark}${line}`);
    if (isOpen && isLast) body.push('\\ No newline at end of file');
  };
  const take = (mark: ' ' | '-', end: number): void => {
    for (; at < end; at += 1) add(mark, lines[at] ?? '', at === lines.length - 1);
  };
  for (const span of spans) {
    take(' ', span.first);
    take('-', span.last + 1);
    const written = span.after.split('\n');
    for (const [index, line] of written.entries())
      add('+', line, span.last === lines.length - 1 && index === written.length - 1);
  }
  take(' ', to);
  return { from: from + 1, before: to - from, after, body };
}

function range(from: number, count: number): string {
  return `${from},${count}`;
}

/** The lines that edits change, edits of one line or of lines that follow one another together. */
function spansOf(text: string, edits: readonly TextEdit[]): readonly Span[] {
  const spans: Span[] = [];
  let line = 0;
  let counted = 0;
  for (let index = 0; index < edits.length;) {
    const first = edits[index];
    if (first === undefined) break;
    const start = text.lastIndexOf('\n', first.offset - 1) + 1;
    let end = lineEndAt(text, first.offset + first.length);
    const here: TextEdit[] = [];
    for (
      let edit: TextEdit | undefined = first;
      edit !== undefined && text.lastIndexOf('\n', edit.offset - 1) <= end;
      edit = edits[index]
    ) {
      here.push(edit);
      end = Math.max(end, lineEndAt(text, edit.offset + edit.length));
      index += 1;
    }
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1))
      line += 1;
    counted = start;
    const moved = here.map((edit) => ({ ...edit, offset: edit.offset - start }));
    const source = text.slice(start, end);
    const last = line + source.split('\n').length - 1;
    spans.push(withoutEqual(source, { first: line, last, after: spliceText(source, moved) }));
  }
  return spans;
}

/** Lines above an insertion do not change. */
function withoutEqual(source: string, span: Span): Span {
  const old = source.split('\n');
  const young = span.after.split('\n');
  let equal = 0;
  // The last line stays: it may have no line break, and a removed text must show something.
  while (equal < old.length - 1 && equal < young.length - 1 && old[equal] === young[equal]) equal += 1;
  return { ...span, first: span.first + equal, after: young.slice(equal).join('\n') };
}

function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
