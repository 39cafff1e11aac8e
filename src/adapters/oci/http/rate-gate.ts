import { isError } from '../../../core/base/index.ts';

/** Seconds that a registry is left alone which limits the rate without saying for how long; doubled each time. */
const firstPauseSeconds = 1;
const longestPauseSeconds = 60;

type Closed = { until: number; unsaid: number };

/** Registries that answered 429, and until when: what one request is told to wait for, all wait for. */
export class RateGate {
  readonly #now: () => number;
  readonly #closed = new Map<string, Closed>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds for which the registry wants to be left alone; 0: it may be asked. */
  secondsLeft(registry: string): number {
    const { until = 0 } = this.#closed.get(registry) ?? {};
    return Math.max(0, Math.ceil((until - this.#now()) / 1000));
  }

  learn(registry: string, error: unknown): void {
    if (!isError(error, 'PM_REGISTRY_RATE_LIMITED')) return;
    const { unsaid = 0, until = 0 } = this.#closed.get(registry) ?? {};
    const told = error.params.retryAfter;
    const seconds = told ?? Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** unsaid);
    this.#closed.set(registry, {
      until: Math.max(until, this.#now() + seconds * 1000),
      unsaid: told === undefined ? unsaid + 1 : unsaid,
    });
  }

  open(registry: string): void {
    if (this.secondsLeft(registry) === 0) this.#closed.delete(registry);
  }
}
