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
  'destination',
  'query',
  'not-rendered',
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

/** What one object, document or file names. */
export type ImagesFound = {
  readonly usages: readonly Usage[];
  readonly lookAlikes: readonly LookAlike[];
};

/** A kustomization, or an object that hands entries for images to kustomize, and what it builds. */
export type OverrideLayer = {
  /** The folder of a kustomization; else the file, with the number of the document. */
  readonly name: string;
  /** Paths of the files and folders that it is made of; patches too. */
  readonly holds: readonly string[];
  /** Of these, folders whose entries count as its own (`components`). */
  readonly parts: readonly string[];
  /** A folder, from the root of a repository that only the controller knows. */
  readonly searched?: string;
  /** Its configurations may give the entries more fields than those of containers. */
  readonly anyField: boolean;
  readonly entries: readonly Usage[];
  /** What stands in the object itself and is overridden there. */
  readonly own: readonly Usage[];
};

/** Why a file was not looked at, or must stay as it is. */
export const leftOutReasons = [
  'template',
  'broken',
  'unreadable',
  'too-large',
  'repeated-key',
  'dockerfile',
  'compose',
] as const;

export type LeftOutReason = (typeof leftOutReasons)[number];

/** What a file holds. */
export type ImagesOfFile = ImagesFound & {
  readonly file: SourceFile;
  /** Documents with a kind; none in the values of a chart, or the settings of a program. */
  readonly objects: number;
  readonly layers?: readonly OverrideLayer[];
  /** Encrypted or signed as a whole (SOPS): whoever changes a byte breaks it. */
  readonly sealed?: boolean;
  /** The program that reads it as a list of what is to be copied. */
  readonly copyList?: string;
  /** Of documents with images: a key that stands twice in one map. */
  readonly repeatedKey?: { readonly key: string; readonly line: number; readonly column: number };
};

/** What lies below a folder that was named, and is not read. */
export type SkippedFile = {
  readonly path: string;
  /**
   * `link-out`: it leads out of the folder that was named; `not-regular`: a device, a socket or a pipe; `name`: it is no
   * UTF-8; `too-deep`: a folder below more others than any repository has.
   */
  readonly reason: 'link-out' | 'link-broken' | 'not-regular' | 'name' | 'too-deep';
};

/** What was left out of a list of images, or what the list cannot know. */
export type ListingNote =
  /** A folder that must be rendered first: a Helm chart, or what a `kustomization.yaml` makes. */
  | { readonly kind: 'chart' | 'kustomization'; readonly path: string }
  /** A file that was left out, and the others were read. */
  | ({ readonly kind: 'skipped' } & SkippedFile)
  /** The configuration of an installer that pulls images which the file does not name. */
  | { readonly kind: 'installer'; readonly path: string }
  /** A chart whose product pulls more later, by settings of the chart that no rendered object shows. */
  | { readonly kind: 'ks-core'; readonly path: string }
  | {
      readonly kind: 'left-out';
      readonly path: string;
      readonly reason: LeftOutReason;
      readonly detail?: string;
    }
  /** A list of what is to be copied: nothing pulls by it. */
  | { readonly kind: 'copy-list'; readonly path: string; readonly program: string }
  /** A resource that the user may not read, as RBAC names it. */
  | { readonly kind: 'not-read'; readonly resource: string }
  /** A kubelet reports no more than this many images (`nodeStatusMaxImages`). */
  | { readonly kind: 'node-images-cut'; readonly count: number };

/** Images by where they stand: one group for each file, each template of a chart, or a whole cluster. */
export type ImageListing = {
  readonly groups: readonly (ImagesFound & {
    readonly file?: string;
    /** `CHART/templates/FILE`, as Helm writes it behind `# Source:`. */
    readonly template?: string;
  })[];
  readonly notes: readonly ListingNote[];
};
