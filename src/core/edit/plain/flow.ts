import { Scalar } from 'yaml';
import { codes, hasBreak, isGap, maxDepth, notPlain, type Cursor } from './cursor.ts';
import type { PlainNode } from './node.ts';
import { beginsPlain, quotedScalar, resolvePlain, scalar } from './scalars.ts';

/** `{…}` or `[…]`, and with them JSON. */
export function flowNode(cursor: Cursor): PlainNode {
  cursor.flowDepth += 1;
  if (cursor.flowDepth > maxDepth) notPlain();
  const node = cursor.text.charCodeAt(cursor.at) === codes.openMap ? flowMap(cursor) : flowList(cursor);
  cursor.flowDepth -= 1;
  return node;
}

function flowMap(cursor: Cursor): PlainNode {
  const keys: string[] = [];
  const starts: number[] = [];
  const values: PlainNode[] = [];
  cursor.at += 1;
  for (;;) {
    skipBlanks(cursor);
    if (taken(cursor, codes.closeMap)) return { kind: 'map', keys, starts, values };
    starts.push(cursor.at);
    keys.push(flowKey(cursor));
    skipBlanks(cursor);
    values.push(flowValue(cursor));
    separator(cursor, codes.closeMap);
  }
}

function flowList(cursor: Cursor): PlainNode {
  const items: PlainNode[] = [];
  cursor.at += 1;
  for (;;) {
    skipBlanks(cursor);
    if (taken(cursor, codes.closeList)) return { kind: 'list', items };
    items.push(flowValue(cursor));
    separator(cursor, codes.closeList);
  }
}

function flowValue(cursor: Cursor): PlainNode {
  const { text, at } = cursor;
  const code = text.charCodeAt(at);
  if (code === codes.openMap || code === codes.openList) return flowNode(cursor);
  if (code === codes.quote || code === codes.apostrophe) return quotedScalar(cursor);
  const written = flowWord(cursor);
  return scalar(resolvePlain(written), Scalar.PLAIN, at, at + written.length);
}

function flowKey(cursor: Cursor): string {
  const { text, at: start, end } = cursor;
  const code = text.charCodeAt(start);
  const isQuoted = code === codes.quote || code === codes.apostrophe;
  const key = isQuoted ? quotedScalar(cursor).value : resolvePlain(flowWord(cursor));
  if (typeof key !== 'string' || !isUsualKey(key) || hasBreak(text, start, cursor.at)) return notPlain();
  while (text.charCodeAt(cursor.at) === codes.space) cursor.at += 1;
  if (!taken(cursor, codes.colon)) notPlain();
  // Only behind a quoted key the value may follow at once, as in JSON.
  if (!isQuoted && !isGap(text, cursor.at, end)) notPlain();
  return key;
}

/** Keys with a meaning of their own, in YAML (`<<`) or in JavaScript, are left to the full parser. */
export function isUsualKey(key: string): boolean {
  return key !== '<<' && key !== '__proto__';
}

const word = /[^,[\]{}\n\r:#]+(?:[:#](?=[^\s,[\]{}])[^,[\]{}\n\r:#]*)*/y;

function flowWord(cursor: Cursor): string {
  const { text, at } = cursor;
  if (!beginsPlain(text, at) || /^-(?:[\s,[\]{}]|$)/.test(text.slice(at, at + 2))) notPlain();
  word.lastIndex = at;
  const written = word.exec(text)?.[0].trimEnd() ?? notPlain();
  if (/\s#/.test(written)) notPlain();
  cursor.at = at + written.length;
  return written;
}

function separator(cursor: Cursor, close: number): void {
  skipBlanks(cursor);
  if (taken(cursor, codes.comma)) return;
  if (cursor.text.charCodeAt(cursor.at) !== close) notPlain();
}

function taken(cursor: Cursor, code: number): boolean {
  if (cursor.text.charCodeAt(cursor.at) !== code || cursor.at >= cursor.end) return false;
  cursor.at += 1;
  return true;
}

/**
 * Tabs are blanks here, as in JSON; a comment is left to the full parser. How far a line is indented does not matter:
 * YAML wants it deeper than the key, go-yaml and with it kubectl and Helm do not, and charts rely on that.
 */
function skipBlanks(cursor: Cursor): void {
  const { text, end } = cursor;
  for (; cursor.at < end; cursor.at += 1) {
    const code = text.charCodeAt(cursor.at);
    const isBlank =
      code === codes.space || code === codes.return || code === codes.tab || code === codes.newline;
    if (!isBlank) break;
  }
  if (cursor.at >= end || text.charCodeAt(cursor.at) === codes.hash) notPlain();
}
