import { setTimeout as sleep } from 'node:timers/promises';
import type { ObjectRef, Step } from '../../core/model/index.ts';
import { followersOf } from '../../steps/index.ts';

/** Names of the pods of a namespace that something happens to, from now on; ends or fails when nobody can tell. */
export type PodNews = (namespace: string, signal: AbortSignal) => AsyncIterable<string>;

/** Watches of a run: a connection's streams and the API server's memory are shared with others. */
const mostNamespaces = 16;

type Wait = {
  /** Not sooner, whatever happens: a roll-out has many small news. */
  readonly soonestMs: number;
  /** Then in any case, where news can be had, and where none can. */
  readonly latestMs: number;
  readonly withoutNewsMs: number;
};

/**
 * Wakes whoever waits for a step as soon as something happens to a pod that may be of its object. It is a hint and
 * nothing more: what holds is looked up, and is looked up from time to time where no hint comes.
 */
export class Bell {
  readonly #over = new AbortController();
  readonly #signal: AbortSignal;
  readonly #news: ReadonlySet<string>;
  readonly #silent = new Set<string>();
  readonly #rung = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  constructor(steps: readonly Step[], news: PodNews | undefined, signal: AbortSignal) {
    this.#signal = AbortSignal.any([signal, this.#over.signal]);
    const namespaces = new Set(steps.flatMap(watched).flatMap(({ namespace }) => namespace ?? []));
    this.#news = news === undefined ? new Set() : new Set([...namespaces].slice(0, mostNamespaces));
    if (news === undefined) return;
    for (const namespace of this.#news) void this.#listen(namespace, steps, news);
  }

  /** Until something happens to a pod of the step, within these bounds. Throws the reason of an abort. */
  async wait(step: Step, { soonestMs, latestMs, withoutNewsMs }: Wait): Promise<void> {
    const { id } = step;
    await sleep(soonestMs, undefined, { signal: this.#signal });
    if (this.#rung.delete(id)) return;
    const isHeard = watched(step).every(
      ({ namespace = '' }) => this.#news.has(namespace) && !this.#silent.has(namespace),
    );
    const left = (isHeard ? latestMs : withoutNewsMs) - soonestMs;
    const late = new AbortController();
    const rung = new Promise<void>((resolve) => void this.#waiting.set(id, resolve));
    try {
      const signal = AbortSignal.any([this.#signal, late.signal]);
      await Promise.race([rung, sleep(left, undefined, { signal })]);
    } finally {
      late.abort();
      this.#waiting.delete(id);
      this.#rung.delete(id);
    }
  }

  close(): void {
    this.#over.abort();
  }

  async #listen(namespace: string, steps: readonly Step[], news: PodNews): Promise<void> {
    const here = steps.flatMap((step) =>
      watched(step).flatMap((object) => (object.namespace === namespace ? [{ id: step.id, object }] : [])),
    );
    try {
      for await (const pod of news(namespace, this.#signal))
        for (const { id } of here.filter(({ object }) => mayBeOf(pod, object.name))) this.#ring(id);
    } catch {
      // Forbidden, or the API server went away: whoever looks meets the same and says so.
    }
    this.#silent.add(namespace);
  }

  #ring(id: string): void {
    this.#rung.add(id);
    this.#waiting.get(id)?.();
  }
}

/** Whose pods prove a step. */
function watched(step: Step): readonly ObjectRef[] {
  const follows = followersOf(step);
  return follows.length > 0 ? follows.map(({ object }) => object) : [step.object];
}

/** Above it, controllers cut their name in those of their pods (apiserver/pkg/storage/names, ReplicaSets' hashes). */
const longestWhole = 46;

/** Controllers name pods after themselves. */
function mayBeOf(pod: string, owner: string): boolean {
  return (
    pod === owner || pod.startsWith(owner.length > longestWhole ? owner.slice(0, longestWhole) : `${owner}-`)
  );
}
