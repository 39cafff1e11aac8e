export { connectKube, type ConnectOptions } from './connect.ts';
export type { ExecCall, ExecResult } from './exec.ts';
export { editObject } from './edit-object.ts';
export type { Kube, KubeDeleteOptions, ListOptions, Person } from './kube.ts';
export { markedForRun, runOf } from './mark.ts';
export type { DeleteOptions, ObjectApi, ReadOptions, WriteOptions } from './object-api.ts';
export { managersOf, releaseFields, type Release } from './ownership/index.ts';
export { proxyFromEnv } from './proxy-env.ts';
export { kubeRecordStore } from './record-store.ts';
export {
  asReplaced,
  createSurely,
  presenceOf,
  replaceObject,
  tryReplace,
  waitUntilGone,
  type Presence,
  type Replacement,
  type ReplaceResult,
  type Trial,
  type Untried,
} from './replace/index.ts';
export type { Change, WatchOptions } from './watch/index.ts';
