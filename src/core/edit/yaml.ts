import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import { Pointer } from 'rfc6902';
import { PullmendError } from '../base/index.ts';
import type { FilePosition, Json } from '../model/index.ts';
import { scalarRange, type TextPart } from './scalar-range.ts';

/** One document of a YAML (or JSON) text. */
export type YamlDocument = {
  readonly value: Json;
  /**
   * Where the string at a JSON pointer, or a part of it, stands in the text. A value that comes from an anchor stands
   * where the anchor is. Undefined when nothing is there, or it is written in a way that cannot be edited byte for
   * byte.
   */
  locate(pointer: string, part?: TextPart): FilePosition | undefined;
};

/** Reads every document of a text. Errors: PM_FILE_BROKEN with line and column. */
export function readYaml(text: string, file: string): readonly YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    // As kubectl: the last one wins.
    uniqueKeys: false,
  });
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw broken(file, lines, error.pos[0], error.message);
    return {
      value: valueOf(document, file, lines),
      locate: (pointer, part) => {
        const node = nodeAt(document, document.contents, Pointer.fromJSON(pointer).tokens.slice(1));
        const range = isScalar(node) ? scalarRange(text, node, part) : undefined;
        return range === undefined ? undefined : { file, ...lineAndColumn(lines, range.offset), ...range };
      },
    };
  });
}

function valueOf(document: Document.Parsed, file: string, lines: LineCounter): Json {
  try {
    return (document.toJS() ?? null) as Json;
  } catch (error) {
    // Aliases without anchor, or so many that they would fill the memory.
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw broken(file, lines, document.range[0], reason);
  }
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

function lineAndColumn(
  lines: LineCounter,
  offset: number,
): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function broken(file: string, lines: LineCounter, offset: number, reason: string): PullmendError {
  const { line, column } = lineAndColumn(lines, offset);
  const at = { file, line: Math.max(line, 1), column: Math.max(column, 1) };
  return new PullmendError('PM_FILE_BROKEN', { ...at, reason }, { where: `${file}:${at.line}:${at.column}` });
}
