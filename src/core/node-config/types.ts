import type { NodeFile } from '../knowledge/runtimes/index.ts';
import type { NodeRestart } from '../model/index.ts';

/**
 * Why a mirror cannot be told to a node as it is meant. `renames`: it names images in another way than by what stands in
 * front; `part-only`: the runtime has only mirrors for whole registries; `hub-only`: docker has mirrors for Docker Hub
 * alone; `path`: docker's mirrors have no path; `credentials`: nodes ask it without any.
 */
export type UntoldReason = 'renames' | 'part-only' | 'hub-only' | 'path' | 'credentials';

export type Untold = {
  readonly mirror: string;
  readonly registry: string;
  readonly reason: UntoldReason;
};

export type RuntimeKind = 'containerd' | 'crio' | 'dockerd' | 'k3s';

/** What a node's runtime is set to now, as its files say. */
export type NodeState = {
  readonly runtime: RuntimeKind;
  /** `1.6.20`; empty when it is not known. */
  readonly version: string;
  /** The main file, whether it exists or not. */
  readonly main: string;
  /** Those that exist, of all that matter. */
  readonly files: readonly NodeFile[];
  /** Folders of registries that exist (containerd). */
  readonly folders: readonly string[];
  /** The main file was written after the process began. */
  readonly mainIsYounger?: boolean;
  /** The whole configuration with defaults and imports, as the runtime's own program prints it. */
  readonly effective?: string;
};

/** One file as it will be. */
export type FileDraft = {
  readonly path: string;
  /** Absent: the file does not exist. */
  readonly before?: string;
  readonly after: string;
};

export type ConfigDraft = {
  readonly files: readonly FileDraft[];
  readonly restart: NodeRestart;
  readonly untold: readonly Untold[];
  /** Files that would have to be edited, and that nobody touches since they are broken. */
  readonly broken: readonly BrokenFile[];
};

export type BrokenFile = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
};
