export { reloadRuntime, restartRuntime } from './restart.ts';
export { readNodeState, sha256 } from './read.ts';
export {
  missingFolders,
  restoreNodeFiles,
  sumsOf,
  writeNodeFiles,
  type BackOutcome,
  type NodeFileBack,
  type NodeFileWrite,
} from './write.ts';
