import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { HttpReply } from './send.ts';

type Left = { remaining: number; readonly until: number };

/**
 * How many manifests each registry still gives, as its replies tell (`ratelimit-remaining: 20;w=21600`, Docker Hub
 * "Pull usage and limits"). Shared by all calls of a client, so that together they stop in time.
 */
export class Budget {
  readonly #now: () => number;
  readonly #left = new Map<string, Left>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Remembers what a reply says is left. */
  learn({ header, asked }: HttpReply): void {
    const [, remaining, window = '60'] =
      /^(\d+)(?:;w=(\d+))?$/.exec(header('ratelimit-remaining')[0] ?? '') ?? [];
    if (remaining === undefined) return;
    this.#left.set(asked.who, { remaining: Number(remaining), until: this.#now() + Number(window) * 1000 });
  }

  /** Takes one of what is left. Throws PM_REGISTRY_RATE_LIMITED when nothing is: asking would only prolong it. */
  spend(who: string): void {
    const left = this.#left.get(who);
    if (left === undefined || left.until <= this.#now()) return;
    if (left.remaining <= 0) {
      throw outcomeError('rate-limited', { who, detail: `${who} → ratelimit-remaining: 0` });
    }
    left.remaining -= 1;
  }
}
