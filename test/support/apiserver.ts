export { startApiServer, type ApiServer, type ApiServerOptions } from './apiserver/server.ts';
export type { Denial } from './apiserver/access.ts';
export type { StubReply, StubRequest } from './apiserver/reply.ts';
export type { Write } from './apiserver/store.ts';
export { writeKubeconfig } from './apiserver/kubeconfig.ts';
export { refusal, type Fault, type Trouble } from './apiserver/faults.ts';
