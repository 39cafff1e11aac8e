import { normaliseImage, repositoryName, tryParseReference } from '../../../image/index.ts';
import type { Found } from '../excerpts/index.ts';

/** A message with its place in the text: what stands further down came later, where no time says otherwise. */
export type Numbered = Found & { readonly at: number };

/** Images that arrived: a pull that failed before has recovered. */
export class Arrivals {
  readonly #all: Numbered[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(message: Numbered): void {
    if (this.#all.length < this.#most) this.#all.push(message);
  }

  /** Did the image of this failure arrive afterwards, at the same object where both name one. */
  has(failure: Numbered, image: string): boolean {
    return this.#all.some(
      (one) =>
        isSameImage(one.image ?? '', image) &&
        (one.object === undefined || failure.object === undefined || one.object === failure.object) &&
        isLater(one, failure),
    );
  }

  /** Did an image of the same object arrive afterwards, whichever it is? */
  hasAfter(failure: Numbered): boolean {
    return this.#all.some((one) => one.object === failure.object && isLater(one, failure));
  }

  /** Is an image of this object there? */
  hasFor(object: string): boolean {
    return this.#all.some((one) => one.object === object);
  }
}

/** Did it happen afterwards, by its time, its age or its place in the text? */
export function isLater(one: Numbered, other: Numbered): boolean {
  if (one.time !== undefined && other.time !== undefined && one.time !== other.time)
    return one.time > other.time;
  if (one.ago !== undefined && other.ago !== undefined && one.ago !== other.ago) return one.ago < other.ago;
  return one.at > other.at;
}

/** CRI-O names by digest what it pulled by tag. */
function isSameImage(arrived: string, image: string): boolean {
  if (normaliseImage(arrived) === normaliseImage(image)) return true;
  const [one, other] = [tryParseReference(arrived), tryParseReference(image)];
  if (one?.digest === undefined || one.tag !== undefined || other?.digest !== undefined) return false;
  return repositoryName(one) === repositoryName(other ?? one);
}
