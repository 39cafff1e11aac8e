import type { Permission } from '../../core/model/index.ts';

/** None in a cluster: the registry decides with the mirror's credentials. */
export function rights(): readonly Permission[] {
  return [];
}
