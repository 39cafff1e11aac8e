import { Scalar } from 'yaml';
import type { Json } from '../../model/index.ts';
import { codes, lineEnd, notPlain, type Cursor } from './cursor.ts';
import type { PlainScalar } from './node.ts';

export function scalar(value: Json, type: Scalar.Type, start: number, end: number): PlainScalar {
  return { kind: 'scalar', value, type, range: [start, end, end] };
}

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const integer = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;

/** The value of a text without quotes: YAML 1.2, section 10.3.2 (core schema). */
export function resolvePlain(text: string): Json {
  const code = text.charCodeAt(0);
  // Letters other than the first ones of the words.
  if (code > 64 && !/^[tTfFnN~]/.test(text)) return text;
  if (code > 57 || Number.isNaN(code)) {
    const word = words.get(text);
    return word === undefined ? text : word;
  }
  if (special.test(text)) return notPlain();
  if (!float.test(text) && !integer.test(text)) return text;
  return numberAsWritten(Number(text), text);
}

/** A number that would lose how it is written stays a text: a tag is `1.20`, not 1.2. */
export function numberAsWritten(value: number, source: string): number | string {
  return String(value) === source ? value : source;
}

/** Characters that begin something else than a text. */
const indicators = new Set(Array.from('&*!|>%@`"\'{}[],#?', (one) => one.charCodeAt(0)));

/** Is it no text without quotes: an anchor, a tag, a flow collection, a key with `?`. */
export function beginsPlain(text: string, at: number): boolean {
  return !indicators.has(text.charCodeAt(at));
}

/** A text without quotes, also over several lines that are indented deeper than `parent`. */
export function plainScalar(cursor: Cursor, parent: number): PlainScalar {
  const start = cursor.at;
  const first = plainLine(cursor, start);
  let value = first.value;
  let { stop } = first;
  let ended = first.commented;
  let breaks = 0;
  for (let line = first.next; line < cursor.end;) {
    const { text, end } = cursor;
    let at = line;
    while (at < end && text.charCodeAt(at) === codes.space) at += 1;
    const code = at < end ? text.charCodeAt(at) : codes.newline;
    if (code === codes.tab) notPlain();
    if (code === codes.newline || code === codes.return) {
      breaks += 1;
      line = lineEnd(text, at, end) + 1;
      continue;
    }
    if (at - line <= parent) break;
    if (code === codes.hash) ended = true;
    if (ended && code !== codes.hash) notPlain();
    if (code === codes.hash) {
      line = lineEnd(text, at, end) + 1;
      continue;
    }
    const more = plainLine(cursor, at);
    value += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + more.value;
    breaks = 0;
    ({ stop } = more);
    ended = more.commented;
    line = more.next;
  }
  cursor.at = stop;
  return scalar(stop > first.stop ? value : resolvePlain(value), Scalar.PLAIN, start, stop);
}

type PlainLine = {
  readonly value: string;
  /** Behind the last character. */
  readonly stop: number;
  /** Start of the next line. */
  readonly next: number;
  readonly commented: boolean;
};

function plainLine({ text, end }: Cursor, start: number): PlainLine {
  const last = lineEnd(text, start, end);
  const line = text.slice(start, last);
  const comment = line.search(/[ \t]#/);
  const value = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
  // `a: b: c`
  if (/:(?:\s|$)/.test(value)) notPlain();
  return { value, stop: start + value.length, next: last + 1, commented: comment >= 0 };
}

/**
 * A text in quotes, also over several lines. How far they are indented does not matter: YAML wants it deeper than the
 * key, go-yaml and with it kubectl and Helm do not, and charts rely on that.
 */
export function quotedScalar(cursor: Cursor): PlainScalar {
  const { text, at: start, end } = cursor;
  const isDouble = text.charCodeAt(start) === codes.quote;
  const close = isDouble ? closeDouble(text, start + 1, end) : closeSingle(text, start + 1, end);
  const raw = text.slice(start + 1, close);
  cursor.at = close + 1;
  const body = raw.includes('\n') ? folded(raw, isDouble) : raw;
  const value = isDouble ? unescaped(body) : body.replaceAll("''", "'");
  return scalar(value, isDouble ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE, start, close + 1);
}

function closeDouble(text: string, from: number, end: number): number {
  for (let at = from; ; at += 1) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || quote >= end) notPlain();
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === codes.backslash) slashes += 1;
    if (slashes % 2 === 0) return quote;
    at = quote;
  }
}

function closeSingle(text: string, from: number, end: number): number {
  for (let at = from; ;) {
    const quote = text.indexOf("'", at);
    if (quote < 0 || quote >= end) notPlain();
    if (text.charCodeAt(quote + 1) !== codes.apostrophe) return quote;
    at = quote + 2;
  }
}

/** YAML 1.2, section 6.5: one line break is a blank, of more the first is left out; 7.3.1: behind `\` it is nothing. */
function folded(raw: string, isDouble: boolean): string {
  const lines = raw.split(/\r?\n/);
  let value = '';
  let breaks = 0;
  let isGlued = false;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const gluesNext = isDouble && !isLast && /(?<!\\)(?:\\\\)*\\$/.test(line);
    const stop = isLast ? undefined : gluesNext ? -1 : line.trimEnd().length;
    const shown = line.slice(index === 0 ? 0 : line.search(/\S|$/), stop);
    if (index > 0 && line.includes('\t')) notPlain();
    if (isGlued && shown === '') notPlain();
    if (index === 0) value = shown;
    else if (shown === '' && !isLast) breaks += 1;
    else {
      value += (isGlued ? '' : breaks === 0 ? ' ' : '\n'.repeat(breaks)) + shown;
      breaks = 0;
    }
    isGlued = gluesNext;
  }
  return value;
}

function unescaped(body: string): string {
  if (!body.includes('\\')) return body;
  // The escapes that YAML shares with JSON, and a blank; `\x41`, `\e` and the like are left to the full parser.
  const json = body.replaceAll(/\\([\s\S])/g, (pair, kind: string) => (kind === ' ' ? ' ' : pair));
  if (/\\[^"\\/bfnrtu]/.test(body.replaceAll(/\\[\\ ]/g, ''))) notPlain();
  try {
    return JSON.parse(`"${json.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`) as string;
  } catch {
    return notPlain();
  }
}

/** A block scalar (`|`, `>`), from its header on; YAML 1.2, section 8.1. */
export function blockScalar(cursor: Cursor, parent: number): PlainScalar {
  const { text, at: start, end } = cursor;
  const header = /^([|>])([-+]?)[ ]*(?: #[^\n]*)?\r?$/.exec(text.slice(start, lineEnd(text, start, end)));
  if (header === null) return notPlain();
  const [, style, chomping] = header;
  const { lines, next } = blockLines(cursor, parent);
  let used = lines.length;
  while (used > 0 && lines[used - 1] === '') used -= 1;
  const body = lines.slice(0, used);
  const content = style === '|' ? body.join('\n') : foldedLines(body);
  const tail = lines.length - used;
  const end_ = chomping === '-' || used === 0 ? '' : '\n';
  const value = content + (chomping === '+' ? '\n'.repeat(tail + (used === 0 ? 0 : 1)) : end_);
  cursor.at = next;
  return scalar(value, style === '|' ? Scalar.BLOCK_LITERAL : Scalar.BLOCK_FOLDED, start, next);
}

function blockLines(
  { text, at: start, end }: Cursor,
  parent: number,
): { readonly lines: readonly string[]; readonly next: number } {
  const lines: string[] = [];
  let indent = -1;
  let line = lineEnd(text, start, end) + 1;
  while (line < end) {
    let at = line;
    while (at < end && text.charCodeAt(at) === codes.space) at += 1;
    const last = lineEnd(text, at, end);
    const stop = text.charCodeAt(last - 1) === codes.return ? last - 1 : last;
    if (at >= stop) {
      // Blanks beyond the indentation belong to the text; where that is not known yet they are an error.
      if (indent < 0 && at - line > parent + 1) notPlain();
      // The text ends at the end of the document without a last line.
      if (last < end || at > line) lines.push(indent < 0 ? '' : text.slice(line + indent, stop));
    } else {
      if (at - line <= parent) break;
      if (indent < 0) indent = at - line;
      if (at - line < indent) notPlain();
      lines.push(text.slice(line + indent, stop));
    }
    line = last + 1;
  }
  if (indent < 0 && lines.length > 0) notPlain();
  // A text that ends with the document and has no last line break.
  if (indent >= 0 && text.charCodeAt(end - 1) !== codes.newline && line > end) notPlain();
  return { lines, next: Math.min(line, end) };
}

function foldedLines(lines: readonly string[]): string {
  let value = '';
  let breaks = 0;
  for (const [index, line] of lines.entries()) {
    if (/^[ \t]/.test(line)) notPlain();
    if (line === '') breaks += 1;
    else {
      value += (index === 0 ? '' : breaks === 0 ? ' ' : '\n'.repeat(breaks)) + line;
      if (index === breaks && index > 0) notPlain();
      breaks = 0;
    }
  }
  return value;
}
