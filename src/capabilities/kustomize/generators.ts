import { readYaml } from '../../core/edit/index.ts';
import { asList, asObject, asObjects, asText } from '../../core/knowledge/pods/index.ts';
import type { EditFileStep, SourceFile } from '../../core/model/index.ts';
import type { BuiltLeaf } from './built.ts';

type Edits = EditFileStep['edits'];

/** Files from which the kustomization's own `configMapGenerator` takes texts, as they are written there. */
export function generatorFiles(kustomization: SourceFile): readonly string[] {
  return generatorsOf(kustomization).flatMap(({ files }) =>
    asList(files).flatMap((entry) => asText(entry)?.replace(/^[^=]*=/, '') ?? []),
  );
}

/**
 * What generated ConfigMaps hold is edited where it is written: in the files and literals of the kustomization's own
 * generators. A text that is there as a whole is found by being equal.
 *
 * @param files those of `generatorFiles` that lie in the folder
 */
export function generatorEdits(
  kustomization: SourceFile,
  files: readonly SourceFile[],
  leaves: readonly BuiltLeaf[],
): Edits {
  const [document] = readYaml(kustomization.text, kustomization.path);
  const literals = generatorsOf(kustomization).flatMap(({ literals: list }, generator) =>
    asList(list).map((entry, index) => ({
      entry,
      path: `/configMapGenerator/${generator}/literals/${index}`,
    })),
  );
  return leaves.flatMap(({ object, path, before, after }) => {
    const key = /^\/data\/([^/]+)$/.exec(path)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    if (key === undefined || !object.startsWith('v1 ConfigMap/')) return [];
    if (typeof before !== 'string' || typeof after !== 'string') return [];
    const file = files.find(({ text }) => text === before);
    if (file !== undefined) return spans(before, after).map((span) => positioned(file, span));
    const literal = literals.find(({ entry }) => entry === `${key}=${before}`);
    if (literal === undefined) return [];
    return spans(before, after).flatMap(({ offset, before: old, after: young }) => {
      const start = key.length + 1 + offset;
      const position = document?.locate(literal.path, { start, end: start + old.length });
      return position === undefined ? [] : [{ ...position, before: old, after: young }];
    });
  });
}

function generatorsOf({ text, path }: SourceFile) {
  return asObjects(asObject(readYaml(text, path)[0]?.value).configMapGenerator);
}

type Span = { readonly offset: number; readonly before: string; readonly after: string };

/** The parts of lines that differ; the whole between the first and the last difference when lines were added. */
function spans(before: string, after: string): readonly Span[] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  if (old.length !== young.length) return [spanOf(before, after, 0)];
  let offset = 0;
  return old.flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    const other = young[index] ?? '';
    return line === other ? [] : [spanOf(line, other, start)];
  });
}

function spanOf(before: string, after: string, start: number): Span {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  // An insertion takes the characters around it along: a text that can be looked for.
  if (head + tail === before.length) {
    head -= Math.min(head, 1);
    tail -= Math.min(tail, 1);
  }
  return {
    offset: start + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

function positioned({ path, text }: SourceFile, { offset, before, after }: Span): Edits[number] {
  const lines = text.slice(0, offset).split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { file: path, line: lines.length, column, offset, length: before.length, before, after };
}
