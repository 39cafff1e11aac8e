import type { Lang } from '../../base/index.ts';
import type { SchemeName } from '../../model/index.ts';

/** A mirror as it is written in the configuration; `{at}` stands for the place that the user gives. */
export type PresetMirror = {
  readonly name: string;
  readonly match?: readonly string[];
  readonly scheme: SchemeName;
  readonly at?: string;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly prefixes?: Readonly<Record<string, string>>;
  readonly pullPolicy?: 'IfNotPresent';
  readonly credentials?: { readonly secretRef: string };
  readonly plainHttp?: true;
};

/** Mirrors that are well known, with the terms of their owners. None is used before the user adds it. */
export type Preset = {
  readonly name: string;
  readonly summary: Readonly<Record<Lang, string>>;
  /** What the owner asks for, and what is known to go wrong. */
  readonly terms: Readonly<Record<Lang, string>>;
  /** Where both were read. */
  readonly source: string;
  readonly mirrors: readonly PresetMirror[];
};
