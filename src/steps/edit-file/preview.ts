import type { EditFileStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ file, edits }: EditFileStep): Preview {
  return {
    subject: { type: 'file', path: file },
    action: {
      does: 'edit',
      lines: [...new Set(edits.map(({ line }) => line))].toSorted((a, b) => a - b),
      places: edits.length,
    },
    diff: edits.map(({ line, column, before, after, ...edit }) => ({
      shows: 'field',
      path: `${edit.file}:${line}:${column}`,
      before,
      after,
    })),
    changes: edits.length,
    waits: false,
  };
}

export function about(step: EditFileStep, written: ReadonlySet<string>): EditFileStep | undefined {
  const edits = step.edits.filter(({ before }) => written.has(before));
  return edits.length === 0 ? undefined : { ...step, edits };
}
