/**
 * Marks that show where a value of a chart comes out in its manifests. Each part of an image name gets a prefix with
 * the number of its value: `quay.io/acme/app:1` → `pmk7-quay.io/pmk7-acme/pmk7-app:1`. So the name keeps its shape
 * for templates that take it apart, and what a template did with it can be read from what comes out.
 */
const mark = /pmk(\d+)-/g;

/**
 * Parts of names in any text: those behind a slash, a blank, a comma, a quote or an equals sign. An action of a
 * template (`tpl` runs it) is left as it is.
 */
const part = /\{\{.*?\}\}|(^|[\s,;="'/])(?=\w)/gs;

export function markText(text: string, id: number): string {
  return text.replace(part, (action, before: string | undefined) =>
    before === undefined ? action : `${before}pmk${id}-`,
  );
}

export function isMarked(text: string): boolean {
  return text.includes('pmk') && text.search(mark) >= 0;
}

export type Mark = {
  readonly id: number;
  /** In the text without marks. */
  readonly start: number;
};

/** The text without marks, and where they were. */
export function unmark(text: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let removed = 0;
  for (const found of text.matchAll(mark)) {
    marks.push({ id: Number(found[1]), start: found.index - removed });
    removed += found[0].length;
  }
  return { text: removed === 0 ? text : text.replace(mark, ''), marks };
}
