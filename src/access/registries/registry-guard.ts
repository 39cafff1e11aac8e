import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { RateGate } from '../../adapters/oci/index.ts';
import { reachedTo } from '../../core/knowledge/reach/index.ts';
import type { EndpointReach } from '../../core/model/index.ts';

/** A registry that limits the rate without saying for how long. */
const usualPauseSeconds = 60;

/**
 * Keeps all probes of a process polite: one at a time to each server, `paceMs` apart, and none to one that answered
 * 429 for as long as it said, whoever was answered so.
 */
export class RegistryGuard {
  readonly #paceMs: number;
  readonly #rates: RateGate;
  readonly #queues = new Map<string, LimitFunction>();

  constructor(paceMs: number, rates: RateGate = new RateGate()) {
    this.#paceMs = paceMs;
    this.#rates = rates;
  }

  /** Asks a server in its turn; one that wants to be left alone is not asked. */
  async ask(server: string, probe: () => Promise<EndpointReach>): Promise<EndpointReach> {
    const queue = this.#queues.get(server) ?? pLimit(1);
    this.#queues.set(server, queue);
    return await queue(async () => {
      const left = this.#rates.secondsLeft(server);
      if (left > 0) return leftAlone(server, left);
      const reach = await probe();
      if (isLimited(reach)) this.#rates.close(server, reach.retryAfter ?? usualPauseSeconds);
      // In the queue, so that it is the pause between two requests.
      if (queue.pendingCount > 0) await sleep(this.#paceMs);
      return reach;
    });
  }
}

function isLimited({ outcome, retryAfter }: EndpointReach): boolean {
  return outcome === 'rate-limited' || retryAfter !== undefined;
}

function leftAlone(endpoint: string, seconds: number): EndpointReach {
  const detail = `429 before, left alone for another ${seconds} s`;
  const { steps, breaksAt } = reachedTo({ step: 'manifest', detail }, [], ['proxy']);
  const unasked = steps.map((one) => (one.result === 'ok' ? { ...one, result: 'unknown' as const } : one));
  return {
    endpoint,
    mirror: false,
    steps: unasked,
    ...(breaksAt === undefined ? {} : { breaksAt }),
    outcome: 'rate-limited',
    retryAfter: seconds,
  };
}
