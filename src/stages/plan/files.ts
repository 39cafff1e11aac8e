import type { SourceFile, Usage } from '../../core/model/index.ts';
import type { DraftStep, Mend } from './remedies/index.ts';

/** One step for each file: every image string in it that is replaced, from top to bottom. */
export function fileSteps(files: readonly SourceFile[], mends: readonly Mend[]): readonly DraftStep[] {
  return files.flatMap((file) => {
    const here = mends.flatMap(({ usage, replacement }) => {
      const written = writtenAs(usage, replacement.with);
      if (usage.position?.file !== file.path || written === undefined) return [];
      return [{ usage, edit: { ...usage.position, ...written }, after: replacement.with }];
    });
    if (here.length === 0) return [];
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
      edits: here.map(({ edit }) => edit).toSorted((a, b) => a.offset - b.offset),
    };
    return [step];
  });
}

/**
 * The texts at the usage's place before and after. Of an image in several fields only the first one changes: undefined
 * when what the other fields add is not the end of the new name.
 */
export function writtenAs(
  usage: Usage,
  image: string,
): { readonly before: string; readonly after: string } | undefined {
  const { parts } = usage;
  if (parts === undefined) return { before: usage.image, after: image };
  const after = image.slice(0, image.length - parts.rest.length);
  return image.endsWith(parts.rest) && after !== '' ? { before: parts.written, after } : undefined;
}
