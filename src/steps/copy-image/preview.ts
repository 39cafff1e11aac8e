import type { CopyImageStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ source, target, mirror, digest }: CopyImageStep): Preview {
  return {
    subject: { type: 'copy', source, target },
    action: { does: 'copy', mirror },
    diff: [{ shows: 'copy', target, digest }],
    changes: 1,
    waits: false,
  };
}

export function about(step: CopyImageStep, written: ReadonlySet<string>): CopyImageStep | undefined {
  return written.has(step.source) ? step : undefined;
}
