import { isDeepStrictEqual } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import type { Json, JsonObject } from '../../model/index.ts';
import { scanToml, type TomlPath, type TomlPlaces } from './scan.ts';

export type TomlValue = string | boolean | number | readonly string[];

/** What is wrong with a text that is no TOML, and where. */
export type TomlFault = { readonly line: number; readonly column: number; readonly reason: string };

/** Undefined when the text is TOML. */
export function tomlFault(text: string): TomlFault | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return { line: error.line, column: error.column, reason };
  }
}

/**
 * The text with one value set; comments, order and every other byte stay. Undefined where the text is no TOML, or
 * writes the place in a way that cannot be edited so (an inline table, a list of tables): the result is parsed again,
 * and holds exactly what was there and this value.
 */
export function setToml(text: string, path: TomlPath, value: TomlValue): string | undefined {
  const before = parsed(text);
  if (before === undefined) return undefined;
  if (isDeepStrictEqual(valueAt(before, path), value)) return text;
  const edited = withValue(text, scanToml(text), path, renderValue(value));
  const after = parsed(edited);
  return after !== undefined && isDeepStrictEqual(after, withSet(before, path, value)) ? edited : undefined;
}

/**
 * The text with a new table put in front of the first table below `parent`, so that it is read first; at the end where
 * there is none. Undefined where it cannot be put, or is there already.
 */
export function addTomlTable(
  text: string,
  path: TomlPath,
  values: Readonly<Record<string, TomlValue>>,
): string | undefined {
  const before = parsed(text);
  if (before === undefined || valueAt(before, path) !== undefined) return undefined;
  const parent = path.slice(0, -1);
  const { tables } = scanToml(text);
  const first = tables.find(
    (table) =>
      table.path.length > parent.length && isDeepStrictEqual(table.path.slice(0, parent.length), parent),
  );
  const lines = Object.entries(values).map(
    ([key, value]) => `  ${renderKey([key])} = ${renderValue(value)}\n`,
  );
  const block = `[${renderKey(path)}]\n${lines.join('')}`;
  const edited =
    first === undefined
      ? `${openEnd(text)}${text.trim() === '' ? '' : '\n'}${block}`
      : `${text.slice(0, aboveOf(text, first.start))}${block}\n${text.slice(aboveOf(text, first.start))}`;
  const after = parsed(edited);
  return after !== undefined && isDeepStrictEqual(after, withSet(before, path, { ...values } as JsonObject))
    ? edited
    : undefined;
}

function withValue(text: string, { tables, entries }: TomlPlaces, path: TomlPath, literal: string): string {
  const entry = entries.find((it) => isDeepStrictEqual(it.path, path));
  if (entry !== undefined) return text.slice(0, entry.valueStart) + literal + text.slice(entry.valueEnd);
  const table = tables.findLast((it) => isDeepStrictEqual(it.path, path.slice(0, -1)));
  const [key = ''] = path.slice(-1);
  if (table === undefined || (path.length > 1 && table.path.length === 0)) {
    const gap = text.trim() === '' ? '' : '\n';
    return `${openEnd(text)}${gap}[${renderKey(path.slice(0, -1))}]\n  ${renderKey([key])} = ${literal}\n`;
  }
  const last = entries.findLast((it) => it.table === table);
  const at = last?.lineEnd ?? table.body;
  const model = last?.lineStart ?? table.start;
  const lead = /^[ \t]*/.exec(text.slice(model))?.[0] ?? '';
  const indent = last === undefined && table.path.length > 0 ? `${lead}  ` : lead;
  const head = text.slice(0, at);
  return `${head === '' ? '' : openEnd(head)}${indent}${renderKey([key])} = ${literal}\n${text.slice(at)}`;
}

/** Where the comment begins that stands right above a line, and is about it. */
function aboveOf(text: string, start: number): number {
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const own = lines.toReversed().findIndex((line) => !/^[ \t]*#/.test(line));
  const comment = lines.slice(own < 0 ? 0 : lines.length - own);
  return start - comment.reduce((sum, line) => sum + line.length + 1, 0);
}

/** The text with a line break at its end. */
function openEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** `plugins."io.containerd.grpc.v1.cri".registry` */
function renderKey(path: TomlPath): string {
  return path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

function renderValue(value: TomlValue): string {
  // Strings of JSON are basic strings of TOML, but for the one control character that JSON leaves as it is.
  const word = (one: string | boolean | number): string =>
    JSON.stringify(one).replaceAll('\u007f', '\\u007f');
  return typeof value === 'object' ? `[${value.map(word).join(', ')}]` : word(value);
}

function parsed(text: string): JsonObject | undefined {
  try {
    return structuredClone(parse(text)) as unknown as JsonObject;
  } catch {
    return undefined;
  }
}

function valueAt(root: JsonObject, path: TomlPath): Json | undefined {
  let here: Json | undefined = root;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, key))
      return undefined;
    here = (here as JsonObject)[key];
  }
  return here;
}

function withSet(root: JsonObject, [key = '', ...rest]: TomlPath, value: TomlValue | JsonObject): JsonObject {
  if (rest.length === 0) return { ...root, [key]: value as Json };
  const inner = root[key];
  const map =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : {};
  return { ...root, [key]: withSet(map, rest, value) };
}
