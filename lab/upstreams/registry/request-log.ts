import type { RequestFilter, RequestLog, RequestRecord } from '../api.ts';
import { isBelow } from './repository-path.ts';

/** Enough for every scenario of a run; older records go. */
const CAPACITY = 20_000;

type Arrival = Omit<RequestRecord, 'seq' | 'time' | 'status'>;

type Entry = { readonly arrival: Arrival; readonly seq: number; readonly time: string; status: () => number };

/** The requests that arrived, newest last; each stands there from its arrival on, with status 0 until one is sent. */
export class RequestRing {
  readonly #entries: Entry[] = [];
  #last = 0;
  /** Highest `seq` that had to go for lack of room. */
  #dropped = 0;

  /** `status` is asked until the function that is answered here is called. */
  add(arrival: Arrival, status: () => number): () => void {
    this.#last += 1;
    const entry: Entry = { arrival, seq: this.#last, time: new Date().toISOString(), status };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#dropped = this.#entries.shift()?.seq ?? 0;
    return () => {
      const final = status();
      entry.status = () => final;
    };
  }

  read({ host, repository, since = 0 }: RequestFilter): RequestLog {
    const requests = this.#entries
      .filter(
        ({ seq, arrival }) =>
          seq > since &&
          (host === undefined || arrival.host === host) &&
          (repository === undefined || isBelow(arrival.repository, repository)),
      )
      .map(({ arrival, seq, time, status }) => ({ ...arrival, seq, time, status: status() }));
    return { requests, last: this.#last, truncated: this.#dropped > since };
  }

  /** Forgets the requests; `seq` goes on. */
  clear(): void {
    this.#entries.length = 0;
    this.#dropped = 0;
  }
}
