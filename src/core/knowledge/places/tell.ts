import type { NotImageReason, Place } from '../../model/index.ts';
import type { Above } from './parts.ts';
import type { Finding, LookAlike, ReadText, Site } from './finding.ts';
import { looksAlike } from './judge.ts';

/** Where a walk puts what it finds. */
export type Walk = {
  readonly images: Finding[];
  readonly lookAlikes: LookAlike[];
  readonly read: ReadText;
  readonly place: Place;
  /** What is known of the kind of the object. */
  readonly kind?: KindHints;
};

export type KindHints = {
  /** Fields in which it says nothing of its own pods. */
  readonly idle?: ReadonlySet<string> | undefined;
  /** Its `images` give names that others say another one. */
  readonly renames?: boolean;
  /** Its parameters called image say what is built. */
  readonly builds?: boolean;
  /** Images of the registry that its `hub` is. */
  readonly hubImages?: readonly string[];
  /** A field called `image` may hold the disk of a machine. */
  readonly machines: boolean;
  /** Parameters that the image of a container is taken from. */
  readonly parameters: ReadonlySet<string>;
};

/** Where a value stands, and what its field is called. */
export type Spot = {
  /** JSON pointer in the document. */
  readonly path: string;
  readonly name: string;
  /** The field's name says that an image stands there. */
  readonly named: boolean;
  /** A field above speaks of machines, whose images are disks. */
  readonly machines?: boolean;
  readonly above?: Above;
};

/** Tells an image. */
export function add(image: string, reason: Finding['reason'], site: Site, name: string, to: Walk): void {
  to.images.push({ image, place: to.place, name, reason, site });
}

/** Tells a text that could be taken for an image. */
export function refuse(text: string, reason: NotImageReason, site: Site, to: Walk): void {
  if (looksAlike(text)) to.lookAlikes.push({ text, reason, site });
}

export function whole(path: string, text: string): Site {
  return { path, start: 0, end: text.length };
}
