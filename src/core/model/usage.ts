import type { ObjectRef } from './api.ts';

export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** Which part of an object names the image. */
export type Place = 'container' | 'initContainer' | 'ephemeralContainer' | 'imageVolume' | 'env';

/** A position in a file; line and column count from 1, offset and length in UTF-16 units of the decoded text. */
export type FilePosition = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
};

/** One place that names an image: an object and a path in it, or a position in a file. */
export type Usage = {
  /** As written. */
  readonly image: string;
  /** Normalised full name, e.g. `docker.io/library/nginx:1.25`; absent when the name does not parse. */
  readonly reference?: string;
  readonly place: Place;
  /** Name of the container, volume or environment variable. */
  readonly name: string;
  readonly pullPolicy?: PullPolicy;
  /** The object that must change: the topmost controller that pullmend may edit, or the object in the file. */
  readonly object: ObjectRef;
  /** JSON pointer (RFC 6901) of the image string in that object. */
  readonly path: string;
  readonly position?: FilePosition;
};
