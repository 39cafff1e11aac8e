import type { ObjectRef } from './api.ts';
import type { SourceFile } from './inventory.ts';
import type { FilePosition, Usage } from './usage.ts';

/** Why a text is no image although it looks like one. */
export const notImageReasons = [
  'template',
  'url',
  'path',
  'not-a-name',
  'bare-word',
  'host-port',
  'service-host',
  'no-tag',
  'no-registry',
  'note',
] as const;

export type NotImageReason = (typeof notImageReasons)[number];

/** A text of a file that could be taken for an image. */
export type LookAlike = {
  readonly text: string;
  readonly reason: NotImageReason;
  readonly object: ObjectRef;
  /** JSON pointer of the string in its document. */
  readonly path: string;
  readonly position?: FilePosition;
};

/** What a file holds. */
export type ImagesOfFile = {
  readonly file: SourceFile;
  readonly usages: readonly Usage[];
  readonly lookAlikes: readonly LookAlike[];
};
