import type { Permission, PullSecretStep } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

/** `get` and `patch` are for a secret that an earlier run made; where it is copied from it is read. */
export function rights({ object, source }: PullSecretStep): readonly Permission[] {
  const own = rightsOn(object, ['create', 'get', 'patch']);
  if (source.from !== 'secret') return own;
  return [...own, ...rightsOn({ ...object, namespace: source.namespace }, ['get'])];
}
