import type { Identity } from './candidate.ts';
import type { RepairPlan } from './schemas/index.ts';
import type { FilePosition, Usage } from './usage.ts';

/** Where new names come from: a mirror that was asked, its naming scheme alone, or the scheme turned round. */
export type NewNames = 'probed' | 'scheme' | 'origin';

/** One place whose image gets another name. */
export type RewriteChange = {
  readonly usage: Usage;
  readonly with: string;
  /** Absent where only a digest was added. */
  readonly mirror?: string;
  /** Is the copy the same image; absent when nobody was asked. */
  readonly identity?: Identity;
  /** What changes in the file, byte for byte. */
  readonly edits?: readonly FileEdit[];
};

export type FileEdit = FilePosition & { readonly before: string; readonly after: string };

/** A pull policy that changes beside an image. */
export type PolicyChange = { readonly usage: Usage; readonly edit: FileEdit };

/** Why a place that should have changed stays as it is. */
export const rewriteReasons = [
  'no-copy',
  'mirrors-fail',
  'only-different',
  'only-unverified',
  'unfit',
  'no-inverse',
  'no-digest',
  'setting-lacks',
  'kustomize-sets',
  'open-name',
  'shared-field',
  'override-matches',
  'sealed',
  'setting-absent',
] as const;

export type RewriteReason = (typeof rewriteReasons)[number];

export type RewriteLeft = {
  readonly usage: Usage;
  readonly reason: RewriteReason;
  /** What the mirrors answered, or the name that does not fit. */
  readonly detail?: string;
};

/** What a rewrite would do: a plan of steps that edit files, and what stays. */
export type Rewrite = {
  readonly plan: RepairPlan;
  readonly changes: readonly RewriteChange[];
  readonly left: readonly RewriteLeft[];
  readonly policies: readonly PolicyChange[];
};

/** A registry setting of an installer that takes the place of many new names; the usage is the field. */
export type RegistrySetting = {
  readonly usage: Usage;
  readonly with: string;
  readonly mirror: string;
  readonly edit?: FilePosition & { readonly before: string; readonly after: string };
  /** Why it is not made. */
  readonly left?: RewriteReason;
  readonly detail?: string;
};
