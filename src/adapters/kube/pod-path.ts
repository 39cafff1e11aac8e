import type { ObjectRef } from '../../core/model/index.ts';

/** Path of a pod, for what only pods have: logs and commands. */
export function podPath({ namespace = 'default', name }: ObjectRef): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
}
