import type { Identity, InstallerImages, ListingNote, ProbeOutcome } from '../../core/model/index.ts';

/** What an installer pulls, and where it is configured. */
export type InstallerConfig = InstallerImages & {
  /** Which document of the file, from 0. */
  readonly document: number;
  /** The file names a registry, zone or namespace already. */
  readonly hasRegistry: boolean;
};

/** An image that will be pulled, by the name that the kubelet will use. */
export type Need = {
  /** Normalised. */
  readonly image: string;
  /** Another name than `image` where an installer's setting has renamed it. */
  readonly original: string;
  /** What names it: a file, `Kind/namespace/name`, a part of an installer, or the command line. */
  readonly namedBy: readonly string[];
  /** Manifests in which `pullmend rewrite` can name it anew. */
  readonly files: readonly string[];
  readonly pulled: 'now' | 'later';
};

/**
 * `works`: the name itself can be pulled; `elsewhere`: only another name of it can; `ask-later`: a registry refuses to
 * say for now (429); `missing`: nobody has it; `not-asked`.
 */
export type Availability = 'works' | 'elsewhere' | 'ask-later' | 'missing' | 'not-asked';

export type PreflightItem = Need & {
  readonly state: Availability;
  /** The name under which it can be had. */
  readonly from?: string;
  /** Is that the same image as the original; absent where it is the original itself. */
  readonly identity?: Identity;
  /** What the name that will be pulled answered. */
  readonly outcome?: ProbeOutcome;
  readonly detail?: string;
  /** Seconds, when a registry said so. */
  readonly retryAfter?: number;
};

/** The registry setting of an installer that makes it use a mirror, and what that mirror would still need. */
export type InstallerAdvice = {
  readonly file: string;
  readonly key: `spec.${string}`;
  readonly value: string;
  /** The mirror that the value leads to. */
  readonly mirror: string;
  /** Images that the mirror serves under just the names that the installer would then write. */
  readonly covered: number;
  readonly of: number;
  /** The others: what the installer would pull, and from where it can be copied, if from anywhere. */
  readonly uncovered: readonly { readonly image: string; readonly from?: string }[];
};

export type PreflightReport = {
  readonly platforms: readonly string[];
  readonly items: readonly PreflightItem[];
  readonly installers: readonly InstallerConfig[];
  readonly advice: readonly InstallerAdvice[];
  /** Command lines behind the program's name that fill the gaps, in order. */
  readonly commands: readonly string[];
  /** What was left out, or cannot be known from what was read. */
  readonly notes: readonly ListingNote[];
};
