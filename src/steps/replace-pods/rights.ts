import type { Permission, ReplacePodsStep } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

export function rights({ pods, restarts = [] }: ReplacePodsStep): readonly Permission[] {
  return [...pods, ...restarts].flatMap((pod) => rightsOn(pod, ['get', 'delete']));
}
