import { isError } from '../../../core/base/index.ts';

/** Seconds that a registry is left alone which limits the rate without saying for how long; doubled each time. */
const firstPauseSeconds = 1;
const longestPauseSeconds = 60;

type Closed = { until: number; unsaid: number };

/** Servers that answered 429, and until when: what one request is told to wait for, all wait for that share the gate. */
export class RateGate {
  readonly #now: () => number;
  readonly #closed = new Map<string, Closed>();

  /** @param now milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Seconds for which the server (`https://mirror.corp`) wants to be left alone; 0: it may be asked. */
  secondsLeft(server: string): number {
    const { until = 0 } = this.#closed.get(server) ?? {};
    return Math.max(0, Math.ceil((until - this.#now()) / 1000));
  }

  learn(server: string, error: unknown): void {
    if (!isError(error, 'PM_REGISTRY_RATE_LIMITED')) return;
    const { unsaid = 0 } = this.#closed.get(server) ?? {};
    const told = error.params.retryAfter;
    const seconds = told ?? Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** unsaid);
    this.#close(server, seconds, told === undefined ? unsaid + 1 : unsaid);
  }

  /** Somebody else was told to leave it alone for so long: a node, at its own request. */
  close(server: string, seconds: number): void {
    this.#close(server, seconds, this.#closed.get(server)?.unsaid ?? 0);
  }

  open(server: string): void {
    if (this.secondsLeft(server) === 0) this.#closed.delete(server);
  }

  #close(server: string, seconds: number, unsaid: number): void {
    const { until = 0 } = this.#closed.get(server) ?? {};
    this.#closed.set(server, { until: Math.max(until, this.#now() + seconds * 1000), unsaid });
  }
}
