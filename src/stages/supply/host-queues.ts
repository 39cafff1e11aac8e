import pLimit, { type LimitFunction } from 'p-limit';
import { formatReference, type Reference } from '../../core/image/index.ts';
import type { Mirror, Probe } from '../../core/model/index.ts';

/** Asks one registry for one image. */
export type ProbeImage = (
  reference: Reference,
  options: {
    /** Under whose settings; absent for the image's own registry. */
    readonly mirror?: Mirror;
    readonly platforms: readonly string[];
    readonly signal?: AbortSignal;
  },
) => Promise<Probe>;

/** A probe and the time that it may take once its turn has come, in milliseconds. */
export type Ask = {
  readonly reference: Reference;
  readonly mirror?: Mirror;
  readonly platforms: readonly string[];
  readonly timeoutMs?: number;
};

type Host = { readonly queue: LimitFunction; silent: number; answered: boolean; detail: string };

/** Images at one time from one host, as many as the client sends requests. */
const perHost = 8;

/** A host that let so many requests go unanswered, and answered none, is not waited for any more. */
const giveUpAfter = 3;

/** Asks each host for few images at a time, and stops asking one that never answers: a run may have hundreds. */
export function hostQueues(probe: ProbeImage, signal: AbortSignal | undefined): (ask: Ask) => Promise<Probe> {
  const hosts = new Map<string, Host>();
  return ({ timeoutMs, reference, ...options }) => {
    const host = hosts.get(reference.registry) ?? {
      queue: pLimit(perHost),
      silent: 0,
      answered: false,
      detail: '',
    };
    hosts.set(reference.registry, host);
    return host.queue(async () => {
      if (!host.answered && host.silent >= giveUpAfter) return notAsked(reference, host);
      const found = await probe(reference, { ...options, ...until(timeoutMs, signal) });
      if (found.outcome === 'unreachable') {
        host.silent += 1;
        host.detail = found.detail;
      } else host.answered = true;
      return found;
    });
  };
}

function until(timeoutMs: number | undefined, signal: AbortSignal | undefined): { signal?: AbortSignal } {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const given = signals.filter((it) => it !== undefined);
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) };
}

/** With what was seen of the host: the images that were not asked for fail for the same cause. */
function notAsked(reference: Reference, { silent, detail }: Host): Probe {
  const seen = detail.replace(`${reference.registry} → `, '');
  return {
    reference: formatReference(reference),
    outcome: 'unreachable',
    platforms: [],
    platformDigests: {},
    detail: `${reference.registry} → not asked: ${silent} requests before went unanswered (${seen})`,
  };
}
