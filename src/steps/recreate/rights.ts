import type { Permission, RecreateStep } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

export function rights({ object }: RecreateStep): readonly Permission[] {
  return rightsOn(object, ['get', 'delete', 'create']);
}
