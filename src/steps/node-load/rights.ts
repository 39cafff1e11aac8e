import type { NodeLoadStep, Permission } from '../../core/model/index.ts';
import { rightsOn, rightsToProve } from '../on-object.ts';

/** To find the nodes, and to see pods start. How nodes are entered is tried in order; each way says what it lacks. */
export function rights(step: NodeLoadStep): readonly Permission[] {
  const ofPods = step.expect.length === 0 ? [] : [...rightsOn(step.object, ['get']), ...rightsToProve(step)];
  return [{ verb: 'get', resource: 'nodes' }, ...ofPods];
}
