import type { ReplacePodsStep } from '../../core/model/index.ts';

/** Pods of the object's own namespace; nothing else is deleted. */
export function vet({ object, pods, restarts = [] }: ReplacePodsStep): string | undefined {
  const other = [...pods, ...restarts].find(
    ({ kind, namespace }) => kind !== 'Pod' || namespace !== object.namespace,
  );
  return other === undefined ? undefined : `it would delete ${other.kind} ${other.name}`;
}
