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

export type ClassInfo = {
  readonly group: ClassGroup;
  readonly move: Move;
  /** In general; `classify` makes it exact by who failed. */
  readonly mirrorHelps: MirrorHelps;
  readonly text: Readonly<Record<Lang, ClassText>>;
  /** What works under stable names, the likeliest first. */
  readonly remedies: readonly Remedy[];
  /** Commands to paste, with `{host}`, `{registry}`, `{image}`, `{namespace}`, `{pod}`, `{secret}` and `{node}`. */
  readonly do: readonly string[];
};
