import type { FieldChange, PatchStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, changes, expect, followers }: PatchStep): Preview {
  const pods = (followers ?? []).flatMap((follower) => follower.pods);
  return {
    subject: { type: 'object', object },
    action: {
      does: 'fields',
      paths: changes.map(({ path }) => path),
      ...(followers === undefined ? {} : { settings: changes.map(settingName) }),
    },
    diff: [
      ...changes.map(({ path, before, after }) => ({
        shows: 'field' as const,
        path,
        after,
        ...(before === undefined ? {} : { before }),
      })),
      ...pods.map((pod) => ({ shows: 'delete' as const, object: pod })),
    ],
    changes: 1,
    waits: expect.length > 0,
  };
}

/** Of a variable its name, of an argument its flag, else the field. */
function settingName({ path, after, guard }: FieldChange): string {
  if (/\/env\/\d+\/value$/.test(path)) return String(guard?.value ?? path);
  if (/\/(?:args|command)\/\d+$/.test(path)) return String(after).split('=', 1).join('');
  // RFC 6901, as kubectl's JSON paths write it.
  return path.replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
