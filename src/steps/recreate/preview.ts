import type { Json, JsonObject, RecreateStep } from '../../core/model/index.ts';
import type { DiffLine, Preview } from '../module.ts';
import { pointerToken } from '../../core/base/index.ts';

export function preview({ object, before, after, expect }: RecreateStep): Preview {
  return {
    subject: { type: 'object', object },
    action: { does: 'make-anew' },
    diff: changedFields(before, after, ''),
    changes: 1,
    waits: expect.length > 0,
  };
}

/** Fields that the API server writes; a re-created object gets its own. */
const serverFields = new Set([
  '/status',
  '/metadata/uid',
  '/metadata/resourceVersion',
  '/metadata/creationTimestamp',
  '/metadata/generation',
  '/metadata/managedFields',
]);

/** Leaves that differ between two objects, as JSON pointers. */
function changedFields(before: Json | undefined, after: Json | undefined, path: string): readonly DiffLine[] {
  if (serverFields.has(path)) return [];
  if (isTree(before) && isTree(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changedFields(before[key], after[key], `${path}/${pointerToken(key)}`));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    {
      shows: 'field',
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** Lists too: their indexes are keys. */
function isTree(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
