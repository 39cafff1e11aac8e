import type { PatchStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, changes, expect }: PatchStep): Preview {
  return {
    subject: { type: 'object', object },
    action: { does: 'fields', paths: changes.map(({ path }) => path) },
    diff: changes.map(({ path, before, after }) => ({
      shows: 'field',
      path,
      after,
      ...(before === undefined ? {} : { before }),
    })),
    changes: 1,
    waits: expect.length > 0,
  };
}
