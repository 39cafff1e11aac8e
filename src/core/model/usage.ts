import type { ObjectRef } from './api.ts';

export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** Places from which the kubelet pulls exactly the string that stands there. */
export const directPlaces = ['container', 'initContainer', 'ephemeralContainer', 'imageVolume'] as const;

/** Places from which a controller takes the image for pods that it will make. */
export const indirectPlaces = [
  'env',
  'envMap',
  'arg',
  'command',
  'crField',
  'configMapYaml',
  'configMapJson',
  'configMapText',
  'annotation',
  'buildFile',
] as const;

/**
 * Which part of an object names the image; `sandbox`: none, the runtime's configuration does (pause image);
 * `runtime`: the node has it already; `copyList`: it is only to be copied. `buildFile`: a build pulls it.
 */
export const places = [...directPlaces, ...indirectPlaces, 'sandbox', 'runtime', 'copyList'] as const;

export type DirectPlace = (typeof directPlaces)[number];
export type IndirectPlace = (typeof indirectPlaces)[number];
export type Place = (typeof places)[number];

export function isDirect(place: Place): place is DirectPlace {
  return (directPlaces as readonly Place[]).includes(place);
}

/** Why a text is an image: the kubelet takes it, its field says so, or it can be nothing else. */
export const imageReasons = [
  'pod-field',
  'named',
  'digest',
  'registry-and-tag',
  'version-tag',
  'annotation',
  'registry-setting',
  'oci-source',
] as const;

export type ImageReason = (typeof imageReasons)[number];

/** A position in a file; line and column count from 1, offset and length in UTF-16 units of the decoded text. */
export type FilePosition = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
};

/**
 * A name of which a part is known here: a variable holds the tag, a chart or operator knows it, or the text is a
 * registry below which it knows the images.
 */
export type OpenName = {
  /** Without tag and digest: `ghcr.io/acme/app`, or a registry with its path. */
  readonly name: string;
  /** What follows, as written: `:${VERSION}`, `/*`, nothing. */
  readonly tail: string;
};

/** An entry that gives images another name: kustomize's and Flux' `images`, Argo CD's `kustomize.images`, kbld. */
export type ImageOverride = {
  /** The name that it looks for, as written; never to be changed. */
  readonly matches: string;
  /** The field to be added beside `path` where the entry has none for the new name. */
  readonly field?: string;
  /** Where that name stands. */
  readonly position?: FilePosition;
  /** What must be written before the new name: `nginx=`. */
  readonly lead?: string;
};

/** One place that names an image: an object and a path in it, or a position in a file. */
export type Usage = {
  /** As written. */
  readonly image: string;
  /** Normalised full name, e.g. `docker.io/library/nginx:1.25`; absent when the name does not parse. */
  readonly reference?: string;
  readonly place: Place;
  /** Name of the container, volume, environment variable or key. */
  readonly name: string;
  readonly pullPolicy?: PullPolicy;
  /** The object that must change: the topmost controller that pullmend may edit, or the object in the file. */
  readonly object: ObjectRef;
  /** JSON pointer (RFC 6901) of the image string in that object; of a file: in its document. */
  readonly path: string;
  /** Where the image stands in the string at `path`, when that holds more than the image (UTF-16 units). */
  readonly within?: { readonly offset: number; readonly length: number };
  /** Absent for a cluster, and where a file writes the image in a way that cannot be edited byte for byte. */
  readonly position?: FilePosition;
  /** An image in several fields (registry, repository, tag): those with its name, and the tag and digest they lack. */
  readonly parts?: {
    readonly fields: readonly { readonly written: string; readonly position?: FilePosition }[];
    readonly ending: string;
  };
  readonly open?: OpenName;
  readonly override?: ImageOverride;
  /** It stands among the values of a chart that nobody rendered. */
  readonly inValues?: boolean;
  /** Why it is taken for an image; of lists only. */
  readonly reason?: ImageReason;
};
