export { checkMirror, type CheckDeps, type MirrorCheck, type MirrorNote } from './check-mirror.ts';
export type { ProbeImage } from './host-queues.ts';
export { supply, type SupplyDeps, type SupplyProgress, type SupplyRequest } from './supply.ts';
export { find, supplyFor } from './supply-for.ts';
