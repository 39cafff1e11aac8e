import type { HarborUnsuitable } from '../../core/base/index.ts';
import type { Replication } from '../../core/knowledge/harbor/index.ts';

/** Something that is made on a Harbor. */
export type SetupStep = { readonly host: string; readonly name: string } & (
  | { readonly action: 'create-endpoint'; readonly type: string; readonly url: string }
  | { readonly action: 'create-project'; readonly isPublic: boolean; readonly upstream?: string }
  /** `name` is the project. */
  | { readonly action: 'create-retention'; readonly keepLast: number }
  | ({ readonly action: 'create-replication' } & Omit<Replication, 'name'>)
  | { readonly action: 'create-robot' | 'extend-robot'; readonly projects: readonly string[] }
);

/** Something that is there already, as it is needed. */
export type SetupKept = {
  readonly host: string;
  readonly what: 'endpoint' | 'project' | 'retention' | 'replication' | 'robot';
  readonly name: string;
};

export type SetupPlan = { readonly steps: readonly SetupStep[]; readonly kept: readonly SetupKept[] };

/** A mirror for which nothing is made, and why. */
export type SetupSkipped = { readonly mirror: string; readonly reason: HarborUnsuitable };

/** What is wanted besides projects and endpoints. */
export type SetupWishes = {
  /** Tags of each repository of pushed copies that are kept. */
  readonly keepLast?: number;
  /** Rules by which the Harbor itself copies images. */
  readonly replications: readonly Replication[];
  /** A robot that may pull from the projects. */
  readonly robot: boolean;
};

/** Something that keeps images of a mirror from being pulled or pushed, or may do so. */
export type HarborFinding = {
  /** `problem`: it is in the way now; `warning`: it is for some images, or soon. */
  readonly level: 'problem' | 'warning';
} & (
  | { readonly kind: 'read-only' }
  | { readonly kind: 'components-unhealthy'; readonly components: readonly string[] }
  | { readonly kind: 'login-refused'; readonly user: string }
  /** Something could not be looked at: the request and its answer. */
  | { readonly kind: 'not-seen'; readonly where: string }
  | ({ readonly project: string } & (
      | { readonly kind: 'project-missing' | 'project-hidden' | 'project-private' }
      | { readonly kind: 'no-proxy' | 'push-to-proxy' | 'library-dropped' | 'signature-policy' }
      | { readonly kind: 'other-upstream'; readonly have: string; readonly want: string }
      | { readonly kind: 'endpoint-unhealthy'; readonly endpoint: string; readonly url: string }
      /** Bytes. */
      | { readonly kind: 'quota'; readonly used: number; readonly limit: number }
      | { readonly kind: 'immutable-tags'; readonly tags: readonly string[] }
      | { readonly kind: 'vulnerability-policy'; readonly severity: string }
      | { readonly kind: 'proxy-filter'; readonly pattern: string }
    ))
);

/** What a Harbor itself says about a mirror that stands on it. */
export type HarborReport = {
  readonly version?: string;
  readonly findings: readonly HarborFinding[];
};
