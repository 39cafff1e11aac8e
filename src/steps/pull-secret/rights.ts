import type { Permission, PullSecretStep } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

/** `get` and `patch` are for a secret that an earlier run made. */
export function rights({ object }: PullSecretStep): readonly Permission[] {
  return rightsOn(object, ['create', 'get', 'patch']);
}
