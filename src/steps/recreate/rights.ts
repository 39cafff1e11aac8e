import type { Permission, RecreateStep } from '../../core/model/index.ts';
import { rightsOn, rightsToProve } from '../on-object.ts';

export function rights(step: RecreateStep): readonly Permission[] {
  return [...rightsOn(step.object, ['get', 'delete', 'create']), ...rightsToProve(step)];
}
