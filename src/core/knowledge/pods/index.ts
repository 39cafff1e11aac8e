export {
  causeIn,
  failingSurfaces,
  isOver,
  notTriedReason,
  pullReasons,
  stalledReason,
  type FailingSurface,
} from './failing.ts';
export { asList, asObject, asObjects, asText, dig, digText, isObject } from './json.ts';
export { programOwning } from './field-owners.ts';
export { mirrorPodAnnotation } from './mirror-pod.ts';
export { apiGroup, kindInfo, kindNamed, kinds, resourceName, type KindInfo } from './kinds.ts';
export { objectRef } from './object-ref.ts';
export { runningContainers } from './running.ts';
export { podSurfaces, type PodSurface } from './surfaces.ts';
export { parseTargetName } from './target-name.ts';
