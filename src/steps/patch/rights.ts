import type { PatchStep, Permission } from '../../core/model/index.ts';
import { rightsOn, rightsToProve } from '../on-object.ts';

export function rights(step: PatchStep): readonly Permission[] {
  return [...rightsOn(step.object, ['get', 'patch']), ...rightsToProve(step)];
}
