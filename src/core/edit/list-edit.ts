import { isCollection, isMap, isScalar, isSeq, stringify, type YAMLMap } from 'yaml';
import type { FilePosition, JsonObject } from '../model/index.ts';
import { FullDocument } from './full-yaml.ts';
import { LineIndex } from './line-index.ts';

/** Items for the end of a list that is a field of a document. */
export type ListAddition = { readonly key: string; readonly items: readonly JsonObject[] };

type Insertion = FilePosition & { readonly before: ''; readonly after: string };

/**
 * The edits that add items to lists of a text's first document, written as the list is (indentation, line ends, block
 * or flow). Lists that are missing are put at the end together. Undefined where the document is no block map.
 */
export function listAdditions(
  { text, path: file }: { readonly text: string; readonly path: string },
  additions: readonly ListAddition[],
): readonly Insertion[] | undefined {
  const root = FullDocument.read(text)[0]?.mapAt([]);
  if (root === undefined || root.flow === true) return undefined;
  const lines = new LineIndex(text);
  const lineBreak = text.slice(0, text.indexOf('\n') + 1).endsWith('\r\n') ? '\r\n' : '\n';
  const insertionAt = (offset: number, after: string): Insertion => {
    const broken = after.replaceAll('\n', lineBreak);
    return { file, ...lines.at(offset), offset, length: 0, before: '', after: broken };
  };
  const insertions: Insertion[] = [];
  let missing = '';
  for (const { key, items } of additions) {
    if (items.length === 0) continue;
    const pair = root.items.findLast((it) => isScalar(it.key) && it.key.value === key);
    if (pair === undefined) missing += `\n${key}:\n${block(items, usualIndent(text, root))}`;
    else {
      const place = isSeq(pair.value) && pair.value.items.length > 0 ? pair.value : pair;
      const flow = isSeq(pair.value) && pair.value.flow === true ? pair.value : undefined;
      const [start = 0, end = 0] = flow?.range ?? [];
      if (flow !== undefined) {
        const more = flow.items.length > 0 && !/,\s*$/.test(text.slice(start, end - 1)) ? ', ' : '';
        const written = items.map((item) => JSON.stringify(item)).join(', ');
        insertions.push(insertionAt(end - 1, more + written));
        continue;
      }
      if (place === pair && !(isScalar(pair.value) && pair.value.value === null)) return undefined;
      const indent = isSeq(place) ? columnOf(text, place.range?.[0] ?? 0) : usualIndent(text, root);
      insertions.push(insertionAt(lineEnd(text, lastEnd(place)), `\n${block(items, indent)}`));
    }
  }
  if (missing !== '') insertions.push(insertionAt(lineEnd(text, text.length), missing));
  return insertions.toSorted((a, b) => a.offset - b.offset);
}

function block(items: readonly JsonObject[], indent: number): string {
  return stringify(items, { lineWidth: 0 })
    .trimEnd()
    .replaceAll(/^(?=.)/gm, ' '.repeat(indent));
}

/** How far in the lists of a document stand. */
function usualIndent(text: string, root: YAMLMap): number {
  const list = root.items
    .map(({ value }) => value)
    .find((value) => isSeq(value) && value.flow !== true && value.items.length > 0);
  return isSeq(list) ? columnOf(text, list.range?.[0] ?? 0) : 0;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The end of the last thing that is written in a node; the ends of block collections take in comments behind them. */
function lastEnd(node: unknown): number {
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return lastEnd(node.items.at(-1));
  if (isMap(node) || isSeq(node)) return node.range?.[1] ?? 0;
  if (typeof node !== 'object' || node === null) return 0;
  if ('key' in node) return Math.max(lastEnd(node.key), 'value' in node ? lastEnd(node.value) : 0);
  return 'range' in node && Array.isArray(node.range) ? Number(node.range[1]) : 0;
}

/** The end of the line that holds the character before an offset. */
function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', text[offset - 1] === '\n' ? offset - 1 : offset);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}
