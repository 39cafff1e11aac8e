export { checkMirror, type CheckDeps, type MirrorCheck } from './check-mirror.ts';
export {
  supply,
  type ProbeImage,
  type SupplyDeps,
  type SupplyProgress,
  type SupplyRequest,
} from './supply.ts';
