import type { RequestFilter, RequestLog, RequestRecord } from '../api.ts';
import { isBelow } from './repository-path.ts';

/** Enough for every scenario of a run; older records go. */
const CAPACITY = 20_000;

type Arrival = Omit<RequestRecord, 'seq' | 'time' | 'status'>;

/** The requests that arrived, newest last. A record stands there from its arrival on, with status 0 until one is sent. */
export class RequestRing {
  readonly #records: RequestRecord[] = [];
  #last = 0;

  /** Answers a function that writes the status into the record. */
  add(arrival: Arrival): (status: number) => void {
    this.#last += 1;
    const record = { seq: this.#last, time: new Date().toISOString(), ...arrival, status: 0 };
    this.#records.push(record);
    if (this.#records.length > CAPACITY) this.#records.shift();
    return (status) => {
      record.status = status;
    };
  }

  read({ host, repository, since = 0 }: RequestFilter): RequestLog {
    const oldest = this.#records[0]?.seq ?? this.#last + 1;
    const requests = this.#records.filter(
      (record) =>
        record.seq > since &&
        (host === undefined || record.host === host) &&
        (repository === undefined || isBelow(record.repository, repository)),
    );
    return { requests, last: this.#last, truncated: oldest > since + 1 };
  }

  /** Forgets the records; `seq` goes on. */
  clear(): void {
    this.#records.length = 0;
  }
}
