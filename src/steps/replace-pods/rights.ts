import type { Permission, ReplacePodsStep } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

export function rights({ pods }: ReplacePodsStep): readonly Permission[] {
  return pods.flatMap((pod) => rightsOn(pod, ['delete']));
}
