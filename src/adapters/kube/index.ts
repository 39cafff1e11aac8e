export { connectKube, type ConnectOptions } from './connect.ts';
export type { ExecCall, ExecResult } from './exec.ts';
export { editObject } from './edit-object.ts';
export type { Kube, KubeDeleteOptions, ListOptions } from './kube.ts';
export { markedForRun, runOf } from './mark.ts';
export type { DeleteOptions, ObjectApi, WriteOptions } from './object-api.ts';
export { proxyFromEnv } from './proxy-env.ts';
export { kubeRecordStore } from './record-store.ts';
export { dryRunReplace, replaceObject } from './replace-object.ts';
