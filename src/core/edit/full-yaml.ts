import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Json } from '../model/index.ts';
import { numberAsWritten } from './plain/index.ts';

/** Maps, lists and pairs around a value; no object comes near it, and what reads it afterwards goes down by calls. */
const maxDepth = 1000;

export const nestedTooDeep = 'it is nested too deep';

type Fault = { readonly offset: number; readonly reason: string };

/** A document read with the full parser, which knows all of YAML. */
export class FullDocument {
  readonly #document: Document.Parsed;
  readonly value: Json = null;
  /** What makes it no valid document; the offset counts in the text that was read. */
  readonly fault: Fault | undefined;

  constructor(document: Document.Parsed) {
    this.#document = document;
    const [error] = document.errors;
    if (error !== undefined) {
      const reason = /call stack/.test(error.message) ? nestedTooDeep : error.message;
      this.fault = { offset: error.pos[0], reason };
      return;
    }
    let collectionKey: number | undefined;
    let tooDeep: number | undefined;
    visit(document, {
      Collection: (_, { range }, path) => {
        if (path.length < maxDepth) return undefined;
        tooDeep = range?.[0] ?? 0;
        return visit.BREAK;
      },
      Scalar: (_, node) => {
        if (typeof node.value === 'number' && node.source !== undefined)
          node.value = numberAsWritten(node.value, node.source);
      },
      // No Kubernetes object has such a key: `{{ .Values.name }}` without quotes reads as one.
      Pair: (_, { key }) => {
        if (!isMap(key) && !isSeq(key)) return undefined;
        collectionKey = key.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    if (tooDeep !== undefined) {
      this.fault = { offset: tooDeep, reason: nestedTooDeep };
      return;
    }
    if (collectionKey !== undefined) {
      this.fault = { offset: collectionKey, reason: 'a key is a map or list itself' };
      return;
    }
    try {
      this.value = (document.toJS() ?? null) as Json;
    } catch (cause) {
      // Aliases without anchor, or so many that they would fill the memory.
      const reason = cause instanceof Error ? cause.message : 'it cannot be read';
      this.fault = /alias count/i.test(reason)
        ? { offset: firstAlias(document), reason: 'its aliases (*name) unfold to more than a memory holds' }
        : { offset: document.range[0], reason };
    }
  }

  /** Throws a RangeError for what is nested so deep that the parser has no stack left. */
  static read(text: string): readonly FullDocument[] {
    const documents = parseAllDocuments(text, {
      merge: true,
      prettyErrors: false,
      // As kubectl: the last one wins.
      uniqueKeys: false,
    });
    return [...documents].map((document) => new FullDocument(document));
  }

  scalarAt(tokens: readonly string[]): Scalar | undefined {
    const node = nodeAt(this.#document, this.#document.contents, tokens);
    return isScalar(node) ? node : undefined;
  }

  mapAt(tokens: readonly string[]): YAMLMap | undefined {
    const node = nodeAt(this.#document, this.#document.contents, tokens);
    return isMap(node) ? node : undefined;
  }

  repeatedKey(): { readonly key: string; readonly start: number } | undefined {
    let found: { readonly key: string; readonly start: number } | undefined;
    visit(this.#document, {
      Map: (_, { items }) => {
        const seen = new Set<string>();
        for (const { key } of items) {
          const text = keyText(key);
          if (text === undefined || text === '<<') continue;
          if (seen.has(text)) found ??= { key: text, start: isScalar(key) ? (key.range?.[0] ?? 0) : 0 };
          seen.add(text);
        }
      },
    });
    return found;
  }
}

function firstAlias(document: Document): number {
  let found = 0;
  visit(document, {
    Alias: (_, { range }) => {
      found = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Follows aliases and merge keys (`<<`), which `Document.getIn` does not. */
function nodeAt(document: Document, node: unknown, tokens: readonly string[]): Node | undefined {
  const here = isAlias(node) ? node.resolve(document) : node;
  const [token, ...rest] = tokens;
  if (token === undefined) return isScalar(here) || isMap(here) || isSeq(here) ? here : undefined;
  if (isSeq(here)) return nodeAt(document, here.items[Number(token)], rest);
  if (!isMap(here)) return undefined;
  const own = here.items.findLast(({ key }) => keyText(key) === token);
  if (own !== undefined) return nodeAt(document, own.value, rest);
  const merged = here.items.filter(({ key }) => keyText(key) === '<<').map(({ value }) => value);
  for (const source of merged.flatMap((value) => sourcesOf(document, value))) {
    const found = nodeAt(document, source, tokens);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `<<: *a` or `<<: [*a, *b]`. */
function sourcesOf(document: Document, value: unknown): readonly unknown[] {
  const here = isAlias(value) ? value.resolve(document) : value;
  return isSeq(here) ? here.items : [here];
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  // The parser marks a merge key by making its value a symbol.
  return typeof key.value === 'symbol' ? key.value.description : String(key.value);
}
