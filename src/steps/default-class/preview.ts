import type { DefaultClassStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, change, claims }: DefaultClassStep): Preview {
  const { path, before, after } = change;
  return {
    subject: { type: 'object', object },
    action: { does: 'mark-default', isDefault: marks(after), claims: claims.length },
    diff: [{ shows: 'field', path, after, ...(before === undefined ? {} : { before }) }],
    changes: 1,
    waits: claims.length > 0,
  };
}

/** The mark alone, or all annotations of a class that had none. */
function marks(after: DefaultClassStep['change']['after']): boolean {
  return JSON.stringify(after).includes('"true"');
}
