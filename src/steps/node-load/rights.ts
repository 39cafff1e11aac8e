import type { Permission } from '../../core/model/index.ts';

/** To find the nodes. How they are entered is tried in order, and each way says itself what it lacks. */
export function rights(): readonly Permission[] {
  return [{ verb: 'get', resource: 'nodes' }];
}
