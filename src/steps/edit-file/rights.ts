import type { Permission } from '../../core/model/index.ts';

/** None in a cluster: the file system decides. */
export function rights(): readonly Permission[] {
  return [];
}
