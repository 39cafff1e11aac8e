import type { PullSecretStep } from '../../core/model/index.ts';

export function vet({ object }: PullSecretStep): string | undefined {
  return object.kind === 'Secret' ? undefined : `${object.kind} ${object.name} is no Secret`;
}
