import type {
  ImageOverride,
  ImageReason,
  Json,
  NotImageReason,
  OpenName,
  Place,
  PullPolicy,
} from '../../model/index.ts';

/** Where a text stands in its document: a string, and the part of it. */
export type Site = {
  /** JSON pointer (RFC 6901) of the string in the document. */
  readonly path: string;
  /** In UTF-16 units of the string; `end` is behind it. Absent: it is written there with escapes. */
  readonly start?: number;
  readonly end?: number;
};

export type Finding = {
  readonly image: string;
  readonly place: Place;
  /** Name of the container, volume, variable or key. */
  readonly name: string;
  readonly pullPolicy?: PullPolicy;
  readonly reason: ImageReason;
  readonly site: Site;
  readonly parts?: {
    readonly fields: readonly { readonly written: string; readonly site: Site }[];
    readonly ending: string;
  };
  /** What is known of a name that somebody else completes. */
  readonly open?: OpenName;
  /** It is what an entry puts in the place of names that others say. */
  readonly override?: ImageOverride & { readonly site?: Site };
};

/** A text that could be taken for an image, and why it is none. */
export type LookAlike = {
  readonly text: string;
  readonly reason: NotImageReason;
  readonly site: Site;
};

export type Findings = {
  readonly images: readonly Finding[];
  readonly lookAlikes: readonly LookAlike[];
};

/** A document that stands as text in a field. */
export type InnerDocument = {
  readonly value: Json;
  /** Where a part of a string of that document stands in the text of the field. */
  locate(
    path: string,
    part: { readonly start: number; readonly end: number },
  ): { readonly start: number; readonly end: number } | undefined;
};

/** The documents of a text that is YAML or JSON; none for any other text. */
export type ReadText = (text: string) => readonly InnerDocument[];
