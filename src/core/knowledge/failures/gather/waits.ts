import type { Found } from '../excerpts/index.ts';
import { isLater, type Numbered } from './arrivals.ts';

/** A large image over a slow link takes minutes; what runs longer is worth a look, and is told as likely only. */
export const stalledAfterSeconds = 15 * 60;
/** The kubelet's reason of a container that waits without a failure. */
const waitingReason = 'ContainerCreating';

/** Pulls that a table of Events shows to have begun long ago, with nothing after them. */
export class Waits {
  readonly #begun: Numbered[] = [];
  /** The latest of what each object tells besides. */
  readonly #latest = new Map<string, Numbered>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  begun(message: Numbered): void {
    if ((message.ago ?? 0) >= stalledAfterSeconds && this.#begun.length < this.#most)
      this.#begun.push(message);
  }

  /** Another Event: its object went on. */
  wentOn(message: Numbered): void {
    const object = nameIn(message);
    const known = this.#latest.get(object);
    if (known === undefined ? this.#latest.size < this.#most : isLater(message, known))
      this.#latest.set(object, message);
  }

  /**
   * The pulls that nothing followed, as failures.
   *
   * @param placed objects whose scheduling the same text tells; other tables may hold chosen rows only.
   */
  failures(placed: Iterable<string>): readonly Numbered[] {
    const objects = new Map([...placed].map((object) => [bareName(object), object]));
    const [only, ...more] = objects.values();
    return this.#begun.flatMap((message) => {
      const object =
        message.object === undefined
          ? more.length === 0
            ? only
            : undefined
          : objects.get(bareName(message.object));
      const last = this.#latest.get(nameIn(message));
      // Rows of one age stand in any order: they may have come later.
      const first = { ...message, at: 0 };
      if (object === undefined || (last !== undefined && isLater(last, first))) return [];
      const { tells: _, ...rest } = first;
      return [{ ...rest, object, reason: waitingReason }];
    });
  }
}

function nameIn({ object = '' }: Found): string {
  return bareName(object);
}

/** Without its namespace, which not every table tells. */
export function bareName(object: string): string {
  return object.replace(/^(\w+ )[^/]+\//, '$1');
}
