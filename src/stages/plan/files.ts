import { fieldEdit } from '../../core/edit/index.ts';
import { spreadName } from '../../core/knowledge/places/index.ts';
import type { EditFileStep, SourceFile, Usage } from '../../core/model/index.ts';
import type { DraftStep, Mend } from './remedies/index.ts';

/** One step for each file: every image string in it that is replaced, from top to bottom. */
export function fileSteps(
  files: readonly SourceFile[],
  mends: readonly (Mend & { readonly edits?: EditFileStep['edits'] })[],
  more: ReadonlyMap<string, EditFileStep['edits']> = new Map(),
): readonly DraftStep[] {
  const byFile = Map.groupBy(mends, ({ usage }) => usage.position?.file);
  return files.flatMap((file) => {
    const here = (byFile.get(file.path) ?? []).map(({ usage, replacement, edits: made }) => ({
      usage,
      edits: made ?? editsFor(usage, replacement.with, file.text) ?? [],
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

/**
 * What a file must say for a usage to have another name; undefined when its text cannot say it.
 *
 * @param text of the file; only an entry that lacks a field for the name needs it
 */
export function editsFor(usage: Usage, image: string, text?: string): EditFileStep['edits'] | undefined {
  const { parts, position, override, open } = usage;
  const after = open === undefined ? asLong(usage.image, image) : image;
  if (position === undefined) return undefined;
  if (parts === undefined)
    return [{ ...position, before: usage.image, after: `${override?.lead ?? ''}${after}` }];
  const { fields, ending } = parts;
  const texts = spreadName(
    fields.map(({ written }) => written),
    ending,
    after,
  );
  if (texts === undefined) return undefined;
  if (override?.field !== undefined) {
    const field = { beside: usage.path, key: override.field, value: texts[0] ?? after };
    const edit = text === undefined ? undefined : fieldEdit(text, position, field);
    return edit === undefined ? undefined : [edit];
  }
  const edits = fields.flatMap(({ written, position: at }, index) => {
    const part = texts[index] ?? written;
    return part === written ? [] : [at && { ...at, before: written, after: part }];
  });
  return edits.some((edit) => edit === undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** A name without a tag stays one: `:latest` is what it means, not what is written. */
function asLong(written: string, image: string): string {
  const isBare = !/:[^/]*$|@/.test(written);
  return isBare ? image.replace(/:latest$/, '') : image;
}
