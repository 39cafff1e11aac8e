// Where things stand in a TOML text (TOML 1.0). What is read is text that a parser has taken already: the scanner only
// finds places, and whoever edits by it parses the result again.

export type TomlPath = readonly string[];

/** `[path]` or `[[path]]`, to the next one; the root has no header. */
export type TomlTable = {
  readonly path: TomlPath;
  readonly isList: boolean;
  /** First character of the header's line; 0 for the root. */
  readonly start: number;
  /** Behind the header's line. */
  readonly body: number;
  readonly end: number;
};

/** `key = value` of a table, by its full path. */
export type TomlEntry = {
  readonly path: TomlPath;
  readonly table: TomlTable;
  readonly lineStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Behind the line break. */
  readonly lineEnd: number;
};

export type TomlPlaces = { readonly tables: readonly TomlTable[]; readonly entries: readonly TomlEntry[] };

type Open = { -readonly [K in keyof TomlTable]: TomlTable[K] };

/** Tables and entries in the order of the text. */
export function scanToml(text: string): TomlPlaces {
  let table: Open = { path: [], isList: false, start: 0, body: 0, end: text.length };
  const tables: Open[] = [table];
  const entries: TomlEntry[] = [];
  for (let at = 0; at < text.length;) {
    const lineStart = at;
    at = skip(text, at, /[ \t]*/y);
    const mark = text[at];
    if (mark === '[') {
      const isList = text[at + 1] === '[';
      const { path } = readKeys(text, at + (isList ? 2 : 1));
      at = lineEndAt(text, at);
      table.end = lineStart;
      table = { path, isList, start: lineStart, body: at, end: text.length };
      tables.push(table);
    } else if (mark === undefined || mark === '#' || mark === '\n' || mark === '\r') {
      at = lineEndAt(text, at);
    } else {
      const keys = readKeys(text, at);
      const valueStart = skip(text, keys.end + 1, /[ \t]*/y);
      const valueEnd = valueEndAt(text, valueStart);
      at = lineEndAt(text, valueEnd);
      entries.push({
        path: [...table.path, ...keys.path],
        table,
        lineStart,
        valueStart,
        valueEnd,
        lineEnd: at,
      });
    }
  }
  return { tables, entries };
}

/** A dotted key; `end` is where the `=` or `]` behind it stands. */
function readKeys(text: string, start: number): { readonly path: TomlPath; readonly end: number } {
  const path: string[] = [];
  let at = start;
  for (;;) {
    at = skip(text, at, /[ \t]*/y);
    const end = text[at] === '"' || text[at] === "'" ? stringEndAt(text, at) : skip(text, at, /[\w-]*/y);
    path.push(keyOf(text.slice(at, end)));
    at = skip(text, end, /[ \t]*/y);
    if (text[at] !== '.') return { path, end: at };
    at += 1;
  }
}

function keyOf(word: string): string {
  if (word.startsWith("'")) return word.slice(1, -1);
  if (!word.startsWith('"')) return word;
  try {
    return JSON.parse(word) as string;
  } catch {
    // An escape that JSON lacks (\U): the editor's own check finds that the place is not the one meant.
    return word.slice(1, -1);
  }
}

/** Behind a value: a string, an array or inline table with all that is in it, or a word. */
function valueEndAt(text: string, start: number): number {
  const mark = text[start];
  if (mark === '"' || mark === "'") return stringEndAt(text, start);
  if (mark !== '[' && mark !== '{') return skip(text, start, /[^\s#,\]}]*(?: (?=\d)[^\s#,\]}]*)?/y);
  let depth = 0;
  for (let at = start; at < text.length;) {
    const here = text[at];
    if (here === '"' || here === "'") at = stringEndAt(text, at);
    else if (here === '#') at = lineEndAt(text, at);
    else {
      if (here === '[' || here === '{') depth += 1;
      if (here === ']' || here === '}') depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Behind the quote that ends a string. */
function stringEndAt(text: string, start: number): number {
  const quote = text[start] ?? '';
  const isLong = text.startsWith(quote.repeat(3), start);
  const close = isLong ? quote.repeat(3) : quote;
  for (let at = start + close.length; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text.startsWith(close, at)) {
      let end = at + close.length;
      // Up to two quotes may stand before the three that close.
      if (isLong) while (text[end] === quote && end < at + 5) end += 1;
      return end;
    }
  }
  return text.length;
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Behind the line break. */
function lineEndAt(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
