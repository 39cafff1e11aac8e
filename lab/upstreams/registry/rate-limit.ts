import type { FaultRequest } from '../api.ts';

type Settings = Extract<FaultRequest, { kind: 'rate-limit' }>;

/** What a limit that lasts tells when nobody says how long. */
const LASTING_SECONDS = 600;

/** Counts requests in windows that begin with the first request after the last one. */
export class RateLimit {
  readonly #settings: Settings;
  readonly #now: () => number;
  #began: number | undefined;
  #taken = 0;

  /** `now` gives milliseconds. */
  constructor(settings: Settings, now: () => number = () => performance.now()) {
    this.#settings = settings;
    this.#now = now;
  }

  /** One request more: nothing, or the refusal that it gets. */
  take(fault: FaultRequest): readonly FaultRequest[] {
    const { requests, windowSeconds, retryAfterSeconds } = this.#settings;
    const now = this.#now();
    const over =
      this.#began === undefined || (windowSeconds !== undefined && now - this.#began >= windowSeconds * 1000);
    if (over) {
      this.#began = now;
      this.#taken = 0;
    }
    this.#taken += 1;
    if (this.#taken <= requests) return [];
    const left = windowSeconds === undefined ? LASTING_SECONDS : this.#secondsLeft(now, windowSeconds);
    const { host, repository } = fault;
    return [{ host, repository, kind: 'status', status: 429, retryAfterSeconds: retryAfterSeconds ?? left }];
  }

  #secondsLeft(now: number, windowSeconds: number): number {
    return Math.max(1, Math.ceil(((this.#began ?? now) + windowSeconds * 1000 - now) / 1000));
  }
}
