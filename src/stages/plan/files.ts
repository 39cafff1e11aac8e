import type { SourceFile } from '../../core/model/index.ts';
import type { DraftStep, Mend } from './remedies/index.ts';

/** One step for each file: every image string in it that is replaced, from top to bottom. */
export function fileSteps(files: readonly SourceFile[], mends: readonly Mend[]): readonly DraftStep[] {
  return files.flatMap((file) => {
    const here = mends.flatMap(({ usage, replacement }) =>
      usage.position?.file === file.path
        ? [{ usage, position: usage.position, after: replacement.with }]
        : [],
    );
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
      edits: here
        .map(({ usage, position, after }) => ({ ...position, before: usage.image, after }))
        .toSorted((a, b) => a.offset - b.offset),
    };
    return [step];
  });
}
