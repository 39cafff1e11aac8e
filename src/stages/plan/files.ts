import { spreadName } from '../../core/knowledge/places/index.ts';
import type { EditFileStep, SourceFile, Usage } from '../../core/model/index.ts';
import type { DraftStep, Mend } from './remedies/index.ts';

/** One step for each file: every image string in it that is replaced, from top to bottom. */
export function fileSteps(
  files: readonly SourceFile[],
  mends: readonly Mend[],
  more: ReadonlyMap<string, EditFileStep['edits']> = new Map(),
): readonly DraftStep[] {
  const byFile = Map.groupBy(mends, ({ usage }) => usage.position?.file);
  return files.flatMap((file) => {
    const here = (byFile.get(file.path) ?? []).map(({ usage, replacement }) => ({
      usage,
      edits: editsFor(usage, replacement.with) ?? [],
      after: replacement.with,
    }));
    const edits = [...here.flatMap((one) => one.edits), ...(more.get(file.path) ?? [])];
    if (edits.length === 0) return [];
    const step: DraftStep = {
      kind: 'edit-file',
      object: { apiVersion: 'v1', kind: 'File', name: file.path },
      needs: [],
      expect: here.map(({ usage, after }) => ({
        place: usage.place,
        container: usage.name,
        imageBefore: usage.image,
        imageAfter: after,
      })),
      file: file.path,
      sha256: file.sha256,
      edits: withoutRepeats(edits),
    };
    return [step];
  });
}

/** From top to bottom; an anchor that several places use is edited once. */
function withoutRepeats(edits: EditFileStep['edits']): EditFileStep['edits'] {
  return edits
    .toSorted((a, b) => a.offset - b.offset)
    .filter((edit, index, sorted) => {
      const last = sorted[index - 1];
      return last?.offset !== edit.offset || last.length !== edit.length || last.after !== edit.after;
    });
}

/** What a file must say for a usage to have another name; undefined when its text cannot say it. */
export function editsFor(usage: Usage, image: string): EditFileStep['edits'] | undefined {
  const { parts, position } = usage;
  const after = asLong(usage.image, image);
  if (position === undefined) return undefined;
  if (parts === undefined) return [{ ...position, before: usage.image, after }];
  const { fields, ending } = parts;
  const texts = spreadName(
    fields.map(({ written }) => written),
    ending,
    after,
  );
  if (texts === undefined) return undefined;
  const edits = fields.flatMap(({ written, position: at }, index) => {
    const text = texts[index] ?? written;
    return text === written ? [] : [at && { ...at, before: written, after: text }];
  });
  return edits.some((edit) => edit === undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** A name without a tag stays one: `:latest` is what it means, not what is written. */
function asLong(written: string, image: string): string {
  const isBare = !/:[^/]*$|@/.test(written);
  return isBare ? image.replace(/:latest$/, '') : image;
}
