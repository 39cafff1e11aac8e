import type { Lang } from '../../../base/index.ts';
import type { MirrorHelps } from '../../../model/index.ts';
import type { Remedy } from './remedies.data.ts';

/** Whose move it is. */
export type Move = 'node' | 'network' | 'registry' | 'image-owner' | 'you';

export const classGroups = [
  'name',
  'access',
  'quota',
  'network',
  'tls',
  'registry',
  'node',
  'none',
  'indirect',
] as const;

export type ClassGroup = (typeof classGroups)[number];

/** Lines for a screen of 80 columns. */
export type ClassText = {
  readonly meaning: string;
  /** What ends it, the likeliest first. */
  readonly works: readonly string[];
  /** What people try in vain. */
  readonly useless: readonly string[];
  /** When a mirror helps. */
  readonly mirror: string;
};

/** What ends a cause, and whose move it is. */
export type Action = {
  readonly move: Move;
  readonly text: Readonly<Record<Lang, ClassText>>;
  /** What works under stable names, the likeliest first. */
  readonly remedies: readonly Remedy[];
  /** Commands to paste, with the places of `CommandContext`. */
  readonly do: readonly string[];
};

export type ClassInfo = Action & {
  readonly group: ClassGroup;
  /** In general; `classify` makes it exact by who failed. */
  readonly mirrorHelps: MirrorHelps;
  /** An endpoint failed or answered; where it did not, the pull never got that far. */
  readonly fromEndpoint: boolean;
  /** Lies with a registry as a whole: every image of it fails in the same way. */
  readonly registryWide?: true;
  /** Stays whatever name the image has: no other registry cures it. */
  readonly anyName?: true;
  /** No registry could answer to it. */
  readonly nothingToAsk?: true;
};
