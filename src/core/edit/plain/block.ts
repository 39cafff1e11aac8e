import { Scalar } from 'yaml';
import {
  codes,
  endOfLine,
  hasBreak,
  isGap,
  lineEnd,
  maxDepth,
  nextLine,
  notPlain,
  type Cursor,
} from './cursor.ts';
import { flowNode, isUsualKey } from './flow.ts';
import type { PlainNode } from './node.ts';
import { beginsPlain, blockScalar, plainScalar, quotedScalar, resolvePlain, scalar } from './scalars.ts';

/**
 * The node that begins at the cursor, where a line of its own begins; ends at the next line that is not its own.
 *
 * @param parent indentation of the key or dash above, -1 without one
 */
function blockNode(cursor: Cursor, parent: number, depth: number): PlainNode {
  if (depth > maxDepth) notPlain();
  const { indent } = cursor;
  if (isDash(cursor)) return blockList(cursor, indent, depth);
  const first = blockKey(cursor);
  if (first !== undefined) return blockMap(cursor, indent, first, depth);
  return inlineValue(cursor, parent);
}

type Key = { readonly key: string; readonly start: number };

function blockMap(cursor: Cursor, indent: number, first: Key, depth: number): PlainNode {
  const keys: string[] = [];
  const starts: number[] = [];
  const values: PlainNode[] = [];
  for (let key: Key | undefined = first; key !== undefined; key = blockKey(cursor) ?? notPlain()) {
    keys.push(key.key);
    starts.push(key.start);
    values.push(mapValue(cursor, indent, depth));
    if (cursor.indent < indent) break;
    if (cursor.indent > indent) notPlain();
  }
  return { kind: 'map', keys, starts, values };
}

function mapValue(cursor: Cursor, indent: number, depth: number): PlainNode {
  const at = skipSpaces(cursor);
  if (!isLineEnd(cursor)) return inlineValue(cursor, indent);
  endOfLine(cursor);
  // The items of a list may stand as far left as its key.
  if (cursor.indent > indent || (cursor.indent === indent && isDash(cursor)))
    return blockNode(cursor, indent, depth + 1);
  return scalar(null, Scalar.PLAIN, at, at);
}

function blockList(cursor: Cursor, indent: number, depth: number): PlainNode {
  const items: PlainNode[] = [];
  while (cursor.indent === indent && isDash(cursor)) {
    items.push(listItem(cursor, indent, depth));
    if (cursor.indent > indent) notPlain();
  }
  return { kind: 'list', items };
}

function listItem(cursor: Cursor, indent: number, depth: number): PlainNode {
  const dash = cursor.at;
  cursor.at += 1;
  const at = skipSpaces(cursor);
  if (isLineEnd(cursor)) {
    endOfLine(cursor);
    return cursor.indent > indent ? blockNode(cursor, indent, depth + 1) : scalar(null, Scalar.PLAIN, at, at);
  }
  // A map or list that begins on the line of the dash is indented as far as it begins.
  cursor.indent = indent + at - dash;
  if (isDash(cursor)) return blockNode(cursor, indent, depth + 1);
  const first = blockKey(cursor);
  return first === undefined
    ? inlineValue(cursor, indent)
    : blockMap(cursor, cursor.indent, first, depth + 1);
}

function inlineValue(cursor: Cursor, parent: number): PlainNode {
  const node = inlineNode(cursor, parent);
  endOfLine(cursor);
  return node;
}

function inlineNode(cursor: Cursor, parent: number): PlainNode {
  const { text, at } = cursor;
  switch (text[at]) {
    case '"':
    case "'":
      return quotedScalar(cursor);
    case '{':
    case '[':
      return flowNode(cursor);
    case '|':
    case '>': {
      const node = blockScalar(cursor, parent);
      // It ends at the start of a line, where `endOfLine` expects what is left of one.
      cursor.at -= cursor.at > at && text.charCodeAt(cursor.at - 1) === codes.newline ? 1 : 0;
      return node;
    }
    default:
      if (!beginsPlain(text, at) || isDash(cursor)) notPlain();
      return plainScalar(cursor, parent);
  }
}

/** `key:` at the cursor, which then stands behind the colon; undefined when something else stands there. */
function blockKey(cursor: Cursor): Key | undefined {
  const { text, at: start, end } = cursor;
  const code = text.charCodeAt(start);
  if (isDash(cursor)) notPlain();
  if (code === codes.openMap || code === codes.openList) return undefined;
  const isQuoted = code === codes.quote || code === codes.apostrophe;
  const key = isQuoted ? quotedKey(cursor) : plainKey(cursor);
  if (key === undefined) return undefined;
  if (!isUsualKey(key) || !isGap(text, cursor.at, end)) notPlain();
  return { key, start };
}

function quotedKey(cursor: Cursor): string | undefined {
  const { text, at: start, end } = cursor;
  const { value } = quotedScalar(cursor);
  // A key stands on one line; a text of several must be a value.
  if (hasBreak(text, start, cursor.at)) {
    cursor.at = start;
    return undefined;
  }
  skipSpaces(cursor);
  const isKey = text.charCodeAt(cursor.at) === codes.colon && isGap(text, cursor.at + 1, end);
  cursor.at = isKey ? cursor.at + 1 : start;
  return isKey && typeof value === 'string' ? value : undefined;
}

function plainKey(cursor: Cursor): string | undefined {
  const { text, at: start, end } = cursor;
  if (text[start] === '|' || text[start] === '>') return undefined;
  if (!beginsPlain(text, start)) notPlain();
  const last = lineEnd(text, start, end);
  for (let at = text.indexOf(':', start); at >= 0 && at < last; at = text.indexOf(':', at + 1)) {
    if (!isGap(text, at + 1, end)) continue;
    const written = text.slice(start, at);
    if (written.includes(' #') || written.includes('\t')) return notPlain();
    cursor.at = at + 1;
    const key = resolvePlain(written.trimEnd());
    return typeof key === 'string' || typeof key === 'number' ? String(key) : notPlain();
  }
  return undefined;
}

function isDash({ text, at, end }: Cursor): boolean {
  return text.charCodeAt(at) === codes.dash && isGap(text, at + 1, end);
}

function skipSpaces(cursor: Cursor): number {
  while (cursor.at < cursor.end && cursor.text.charCodeAt(cursor.at) === codes.space) cursor.at += 1;
  return cursor.at;
}

/** Is the rest of the line nothing, or a comment. */
function isLineEnd({ text, at, end }: Cursor): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return (
    code === codes.newline ||
    code === codes.return ||
    (code === codes.hash && text.charCodeAt(at - 1) === codes.space)
  );
}

/** Reads the lines of one document; undefined for one without content. */
export function readLines(text: string, start: number, end: number): PlainNode | undefined {
  const cursor: Cursor = { text, end, at: start, indent: 0, flowDepth: 0 };
  nextLine(cursor);
  if (cursor.indent < 0) return undefined;
  const node = blockNode(cursor, -1, 0);
  return cursor.indent < 0 ? node : notPlain();
}
