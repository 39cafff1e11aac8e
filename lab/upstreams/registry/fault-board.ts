import { randomUUID } from 'node:crypto';
import type { Fault, FaultRequest } from '../api.ts';
import { RateLimit } from './rate-limit.ts';
import { isBelow } from './repository-path.ts';

/** What a request is about, as far as faults tell it apart; `other` is `/v2/` itself. */
export type RequestKind = 'manifests' | 'blobs' | 'token' | 'other';

type Entry = {
  readonly id: string;
  readonly fault: FaultRequest;
  readonly limit: RateLimit | undefined;
  hits: number;
};

/** The faults in force. */
export class FaultBoard {
  readonly #entries = new Map<string, Entry>();

  add(fault: FaultRequest): string {
    const id = randomUUID();
    const limit = fault.kind === 'rate-limit' ? new RateLimit(fault) : undefined;
    this.#entries.set(id, { id, fault, limit, hits: 0 });
    return id;
  }

  /** False when there is no such fault. */
  remove(id: string): boolean {
    return this.#entries.delete(id);
  }

  list(): readonly Fault[] {
    return [...this.#entries.values()].map(({ id, fault, hits }) => ({ ...fault, id, hits }));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The faults that hit this request, each counted. */
  take(host: string, repository: string, kind: RequestKind): readonly FaultRequest[] {
    const hit = [...this.#entries.values()].filter(
      ({ fault, hits }) =>
        fault.host === host &&
        isBelow(repository, fault.repository) &&
        concerns(fault, kind) &&
        hits < (fault.first ?? Infinity),
    );
    for (const entry of hit) entry.hits += 1;
    return hit.flatMap(({ fault, limit }) => (limit === undefined ? [fault] : limit.take(fault)));
  }

  /** A standing property of a repository, such as `require-auth`: looked at, not counted. */
  find<K extends FaultRequest['kind']>(
    kind: K,
    host: string,
    repository: string,
  ): Extract<FaultRequest, { kind: K }> | undefined {
    for (const { fault } of this.#entries.values()) {
      if (fault.kind !== kind || fault.host !== host || !isBelow(repository, fault.repository)) continue;
      return fault as Extract<FaultRequest, { kind: K }>;
    }
    return undefined;
  }
}

/** What kinds of requests a fault is for when it does not say. */
function concerns({ only, kind, repository }: FaultRequest, request: RequestKind): boolean {
  if (only !== undefined) return only === request;
  if (kind === 'reset-blob' || kind === 'wrong-blob' || kind === 'redirect-blobs') return request === 'blobs';
  if (kind === 'wrong-digest' || kind === 'without-platform') return request === 'manifests';
  if (request === 'other') return repository === '';
  return request !== 'token';
}
