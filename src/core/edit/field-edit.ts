import { isAlias, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { FilePosition } from '../model/index.ts';
import { documentsIn } from './document-text.ts';
import { FullDocument } from './full-yaml.ts';
import { LineIndex } from './line-index.ts';
import { pointerTokens } from './pointer.ts';
import { scalarRange } from './scalar-range.ts';

/** A text field to set in the map that holds another field. */
export type FieldToSet = {
  /** JSON pointer of the field that is there. */
  readonly beside: string;
  readonly key: string;
  readonly value: string;
};

/**
 * The edit that sets a text field: its text replaced where it is there, else a field of its own behind the one beside
 * it, written like that one (indentation, quotes, line ends, block or flow). Undefined when it cannot be said so.
 *
 * @param at a position in the same document
 */
export function fieldEdit(
  text: string,
  at: FilePosition,
  { beside, key, value }: FieldToSet,
): (FilePosition & { readonly before: string; readonly after: string }) | undefined {
  const part = documentsIn(text).findLast(({ start }) => start <= at.offset);
  if (part === undefined) return undefined;
  const { start, end } = part;
  const source = text.slice(start, end);
  const [document] = FullDocument.read(source);
  const tokens = pointerTokens(beside);
  const map = document?.mapAt(tokens.slice(0, -1));
  const neighbour = map && pairOf(map, tokens.at(-1) ?? '');
  if (map === undefined || neighbour === undefined) return undefined;
  const old = pairOf(map, key);
  const found =
    old === undefined ? insertion(source, map, neighbour, key, value) : change(source, old, value);
  if (found === undefined) return undefined;
  const offset = start + found.offset;
  const { before, after } = found;
  return { file: at.file, ...new LineIndex(text).at(offset), offset, length: before.length, before, after };
}

type Found = { readonly offset: number; readonly before: string; readonly after: string };

function change(source: string, { value: node }: Pair, value: string): Found | undefined {
  const range = isScalar(node) ? scalarRange(source, node) : undefined;
  if (range === undefined || !isScalar(node)) return undefined;
  return { offset: range.offset, before: String(node.value), after: value };
}

function insertion(
  source: string,
  map: YAMLMap,
  { key: keyNode, value: valueNode }: Pair,
  key: string,
  value: string,
): Found | undefined {
  const isValue = isScalar(valueNode) || isAlias(valueNode);
  const [keyStart, keyEnd] = (isScalar(keyNode) && keyNode.range) || [-1, -1];
  const [valueStart, valueEnd] = (isValue && valueNode.range) || [-1, -1];
  if (keyStart < 0 || valueStart < 0) return undefined;
  const quote = /["']/.exec(source[keyStart] ?? '')?.[0] ?? '';
  const between = map.flow === true ? (/^\s*:\s*/.exec(source.slice(keyEnd, valueStart))?.[0] ?? ': ') : ': ';
  const field = `${quote}${key}${quote}${between}${quote}${value}${quote}`;
  const lineStart = source.lastIndexOf('\n', keyStart - 1) + 1;
  const lead = source.slice(lineStart, keyStart);
  const lineBreak = source.slice(0, source.indexOf('\n') + 1).endsWith('\r\n') ? '\r\n' : '\n';
  if (map.flow === true) {
    const gap = /^\s*$/.test(lead) ? `${lineBreak}${lead}` : between.endsWith(' ') ? ' ' : '';
    return { offset: valueEnd, before: '', after: `,${gap}${field}` };
  }
  // `- image: x`: the fields below stand as far in as this one.
  const indent = ' '.repeat(lead.replace('\uFEFF', '').length);
  const last = source.indexOf('\n', Math.max(valueStart, valueEnd - 1));
  if (last < 0) return { offset: source.length, before: '', after: `${lineBreak}${indent}${field}` };
  const stop = source[last - 1] === '\r' ? last - 1 : last;
  return { offset: stop, before: '', after: `${lineBreak}${indent}${field}` };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => isScalar(pair.key) && pair.key.value === key);
}
