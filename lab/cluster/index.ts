/** The lab's cluster: two real nodes, their control plane, and the namespaces around them. */
export { ensureBinaries } from './binaries.ts';
export { LabError } from './error.ts';
export { NODE_PARTS, putBackParts, setRegistryHosts, takeAwayPart, type NodePart } from './node/parts.ts';
export type { Invocation } from './host/command.ts';
export { down, refuseWrongMachine, up, type LifecycleOptions } from './lifecycle.ts';
export { withLock } from './host/lock.ts';
export { labPaths, type LabPaths } from './paths.ts';
export { inClient, inNode, type InClientOptions } from './places.ts';
export { createProgress } from './progress.ts';
export { ensureProgram, PROGRAM_NAMES, type ProgramName } from './programs.ts';
export { CONTROL_PLANE_ADDRESS } from './topology.ts';
export { labStatus, renderStatus, type LabStatus } from './status.ts';
