import type { PatchStep, Permission } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

export function rights({ object }: PatchStep): readonly Permission[] {
  return rightsOn(object, ['get', 'patch']);
}
