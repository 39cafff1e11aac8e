import type { PullSecretStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, host }: PullSecretStep): Preview {
  return {
    subject: { type: 'object', object },
    action: { does: 'give-secret', host },
    diff: [{ shows: 'secret', namespace: object.namespace ?? '', host }],
    changes: 1,
    waits: false,
  };
}
