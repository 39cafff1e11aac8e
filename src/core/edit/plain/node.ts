import type { Json } from '../../model/index.ts';
import type { WrittenScalar } from '../scalar-range.ts';

/** A value of a plain document, and where it stands. */
export type PlainNode = PlainMap | PlainList | PlainScalar;

export type PlainMap = {
  readonly kind: 'map';
  readonly keys: readonly string[];
  /** Offset of each key. */
  readonly starts: readonly number[];
  readonly values: readonly PlainNode[];
};

export type PlainList = { readonly kind: 'list'; readonly items: readonly PlainNode[] };

export type PlainScalar = WrittenScalar & { readonly kind: 'scalar'; readonly value: Json };

/** The value as plain JSON; of a key that stands twice the last one wins, as for kubectl. */
export function valueOfNode(node: PlainNode): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(valueOfNode);
  const object: Record<string, Json> = {};
  for (let index = 0; index < node.keys.length; index += 1) {
    const value = node.values[index];
    const key = node.keys[index];
    if (value !== undefined && key !== undefined) object[key] = valueOfNode(value);
  }
  return object;
}

/** The node at the tokens of a JSON pointer. */
export function nodeAtTokens(node: PlainNode, tokens: readonly string[]): PlainNode | undefined {
  let here: PlainNode | undefined = node;
  for (const token of tokens) {
    if (here?.kind === 'map') here = here.values[here.keys.lastIndexOf(token)];
    else if (here?.kind === 'list') here = here.items[Number(token)];
    else return undefined;
  }
  return here;
}

/** The first key that stands twice in one map. */
export function repeatedKey(node: PlainNode): { readonly key: string; readonly start: number } | undefined {
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'map') {
    const seen = new Set<string>();
    for (const [index, key] of node.keys.entries()) {
      if (seen.has(key)) return { key, start: node.starts[index] ?? 0 };
      seen.add(key);
    }
  }
  for (const child of node.kind === 'map' ? node.values : node.items) {
    const found = repeatedKey(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
