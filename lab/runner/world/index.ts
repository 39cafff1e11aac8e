export { comparable } from './comparable.ts';
export {
  accessOf,
  clusterOf,
  connectKube,
  KubeError,
  nameOf,
  type Kube,
  type KubeObject,
  type ObjectName,
} from './kube.ts';
export { lastPart, NODE_NUMBERS, placeImage, removeImages } from './nodes.ts';
export { describePod, isRunning, keyOf, podsOf, waitingOf, type Pod, type Waiting } from './pods.ts';
export { runToEnd, start, type Finished, type Running } from './process.ts';
export { waitFor, type Look } from './wait.ts';
