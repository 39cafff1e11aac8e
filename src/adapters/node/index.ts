export { nodeAccessPermissions, nodeEventPermission, removeLeftovers } from './debug-pod.ts';
export {
  containersOfRuntime,
  contentOf,
  dropOnNode,
  imagesOfRuntime,
  importOnNode,
  markOnNode,
  nameOnNode,
  nameOnNodeNow,
  removeGivenName,
  unnameOnNode,
  type AliasProblem,
  type NameOnNode,
  type NodeContainer,
  type NodeContent,
  type NodeImage,
} from './images/index.ts';
export { openNode, type NodeAccessOptions } from './open-node.ts';
export { quoted } from './quoted.ts';
export { reachFromNode } from './reach.ts';
export { NodeAccessError, type NodeShell } from './shell.ts';
export {
  missingFolders,
  readNodeState,
  reloadRuntime,
  restartRuntime,
  restoreNodeFiles,
  sha256,
  writeNodeFiles,
  type BackOutcome,
  type NodeFileWrite,
} from './settings/index.ts';
export { findRuntime, readRoute, type Runtime } from './survey.ts';
