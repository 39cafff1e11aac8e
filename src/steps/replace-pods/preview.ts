import type { ReplacePodsStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, pods: stuck, restarts = [] }: ReplacePodsStep): Preview {
  const pods = [...stuck, ...restarts];
  return {
    subject: { type: 'object', object },
    action: { does: 'delete-pods', pods: pods.length },
    diff: pods.map((pod) => ({ shows: 'delete', object: pod })),
    changes: 1,
    waits: false,
  };
}
