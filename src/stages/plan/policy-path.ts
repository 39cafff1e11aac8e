import { parentPath } from '../../core/edit/index.ts';
import type { Usage } from '../../core/model/index.ts';

/** Where the pull policy of a usage stands. */
export function policyPath(usage: Usage): string {
  const field = usage.place === 'imageVolume' ? 'image/pullPolicy' : 'imagePullPolicy';
  return `${containerPath(usage)}/${field}`;
}

/** The container, or the volume, that names the image. */
export function containerPath({ place, path }: Usage): string {
  return place === 'imageVolume' ? parentPath(parentPath(path)) : parentPath(path);
}
