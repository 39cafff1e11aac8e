import type { NodeAliasStep, Permission } from '../../core/model/index.ts';
import { rightsOn, rightsToProve } from '../on-object.ts';

/** To find the nodes, and to see the pods start. How nodes are entered is tried in order; each way says what it lacks. */
export function rights(step: NodeAliasStep): readonly Permission[] {
  return [{ verb: 'get', resource: 'nodes' }, ...rightsOn(step.object, ['get']), ...rightsToProve(step)];
}
