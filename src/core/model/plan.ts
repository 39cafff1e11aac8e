import type { apiVersion, ObjectRef } from './api.ts';
import type { FailureClass } from './failure-class.ts';
import type { Identity } from './candidate.ts';
import type { Step } from './step.ts';
import type { Usage } from './usage.ts';

/** Stable names of why a usage is left alone. */
export type UnmendedReason =
  | 'no-copy'
  | 'mirrors-fail'
  | 'name-taken'
  | 'only-different'
  | 'only-unverified'
  | 'mirror-useless'
  | 'invalid-name'
  | 'never-pull'
  | 'managed'
  | 'admission'
  | 'owner-unreadable'
  | 'terminating'
  | 'always-pull'
  | 'static-pod'
  | 'ephemeral-container'
  | 'paused'
  | 'partition'
  | 'job-progress'
  | 'old-revision'
  | 'unknown-owner'
  | 'escaped-text'
  | 'runtime-config'
  | 'cause-unknown';

/** A usage that no safe remedy exists for, and what a person can do. */
export type Unmended = {
  readonly image: string;
  readonly object: ObjectRef;
  readonly usages: readonly Usage[];
  readonly pods: number;
  readonly class: FailureClass;
  readonly reason: UnmendedReason;
  /** Fills the reason's text: the manager's name, the mirrors asked. */
  readonly detail?: string;
  /** A name on a writable mirror that the image has not got there yet. */
  readonly copyTo?: string;
  /** A service that fills one of the mirrors when it is asked for the image. */
  readonly requestVia?: string;
};

/** One image of the plan: what replaces it and how sure that is. */
export type Replacement = {
  readonly image: string;
  readonly with: string;
  readonly mirror: string;
  readonly digest?: string;
  readonly platforms: readonly string[];
  readonly identity: Identity;
  /** The copy is not there yet: a step of the plan makes it. */
  readonly made?: true;
};

export type ClusterIdentity = {
  readonly context: string;
  readonly server: string;
  readonly version: string;
};

/** What will be done, as plain data: it can be saved, read, edited and applied later, on another machine. */
export type RepairPlan = {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'RepairPlan';
  readonly metadata: { readonly name: string; readonly createdAt: string };
  readonly spec: {
    /** Absent for a plan that edits files. */
    readonly cluster?: ClusterIdentity;
    readonly replacements: readonly Replacement[];
    /** In the order in which they are carried out. */
    readonly steps: readonly Step[];
    readonly unmended: readonly Unmended[];
  };
};
