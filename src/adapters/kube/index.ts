export { connectKube, type ConnectOptions } from './connect.ts';
export { editObject } from './edit-object.ts';
export type { Kube, KubeDeleteOptions, ListOptions, Permission } from './kube.ts';
export { markedForRun, runAnnotation, runOf } from './mark.ts';
export type { DeleteOptions, ObjectApi, WriteOptions } from './object-api.ts';
export { kubeRecordStore, recordLabel, runLabel } from './record-store.ts';
export { deleteAndWait, dryRunReplace, replaceObject } from './replace-object.ts';
