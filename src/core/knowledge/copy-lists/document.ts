import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { broken, type Place } from './entry.ts';

/** Aliases in a list of images are few; the bound keeps a small file from becoming a large one. */
const maxAliases = 100;

/** A value of a YAML or JSON list with the place where it stands. */
export class Value {
  readonly #node: unknown;
  readonly #placeOf: (node: unknown) => Place;

  constructor(node: unknown, placeOf: (node: unknown) => Place) {
    this.#node = node;
    this.#placeOf = placeOf;
  }

  get place(): Place {
    return this.#placeOf(this.#node);
  }

  /** Entries of a map; `undefined` for anything else. */
  get entries(): readonly { readonly key: string; readonly at: Place; readonly value: Value }[] | undefined {
    if (!isMap(this.#node)) return undefined;
    return this.#node.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : '',
      at: this.#placeOf(key),
      value: new Value(value, this.#placeOf),
    }));
  }

  get items(): readonly Value[] | undefined {
    return isSeq(this.#node) ? this.#node.items.map((item) => new Value(item, this.#placeOf)) : undefined;
  }

  get text(): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return undefined;
    // A tag such as 1.10 is a text, whatever YAML thinks of it.
    return this.#node.source ?? String(this.#node.value);
  }

  get #isNothing(): boolean {
    return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
  }

  get(key: string): Value | undefined {
    return this.entries?.find((entry) => entry.key === key)?.value;
  }

  /** Texts of a list, or one text alone. Throws PM_LIST_BROKEN for anything else. */
  texts(): readonly { readonly text: string; readonly place: Place }[] {
    const values = this.items ?? (this.#isNothing ? [] : [this]);
    return values.map((value) => {
      const { text, place } = value;
      if (text === undefined) throw broken(place, 'a text is expected here');
      return { text, place };
    });
  }
}

/** Reads YAML, which JSON is too. Throws PM_LIST_BROKEN with line and column. */
export function readDocument(text: string, file: string): Value {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) throw broken(placeAt(error.pos[0]), error.message);
  try {
    document.toJS({ maxAliasCount: maxAliases });
  } catch (cause) {
    throw broken(placeAt(0), cause instanceof Error ? cause.message : String(cause));
  }
  return new Value(document.contents, (node) => placeAt((node as Node | null)?.range?.[0] ?? 0));
}
