import type { EditFileStep } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/** What is written is an image of the plan, a part of its name, or a pull policy. */
export function vet({ edits, file }: EditFileStep, { images }: Allowed): string | undefined {
  const known = [...images, 'imagePullPolicy: Always', 'imagePullPolicy: IfNotPresent'];
  const foreign = edits.find(
    (edit) =>
      edit.file !== file || !known.some((text) => text.includes(edit.after.trim().replaceAll('"', ''))),
  );
  return foreign === undefined
    ? undefined
    : `${foreign.file}:${foreign.line} would become ${JSON.stringify(foreign.after)}`;
}
