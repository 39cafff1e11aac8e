import { isError } from '../../../core/base/index.ts';
import { digText, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import { isExpired } from '../pages.ts';
import { backoffMs, mayPass, pause } from '../patience.ts';
import { RefusedStream, type Transport } from '../transport.ts';
import type { Change, WatchOptions } from './changes.ts';
import { Known } from './known.ts';
import { listAll } from './list-all.ts';
import { openWatch } from './open-watch.ts';

const defaultGiveUpMs = 5 * 60_000;
const defaultPollMs = 2000;

/**
 * The changes of all objects of a kind, for as long as anybody reads them: a list, then a watch from its version, and
 * after whatever ends the watch the next one from where the last was. Survived: the server's time limit, cut and
 * silent connections, restarts, 429 and 503 (waited for as asked), versions that are compacted away (410: a new list,
 * told as what is different). Where watching is forbidden or not possible, lists are read again and again.
 *
 * Errors: PM_FORBIDDEN when the objects may not even be listed, PM_NOT_FOUND, PM_UNAUTHORIZED, the last failure after
 * `giveUpAfterMs` without contact. An abort ends the changes without an error.
 */
export async function* watchObjects(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  options: WatchOptions,
): AsyncGenerator<Change> {
  const { signal, pollMs = defaultPollMs } = options;
  const known = new Known();
  const contact = new Contact(options);
  /** Undefined: a list is due. */
  let version: string | undefined;
  let polls = false;
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        const listed = await listAll(transport, info, apiVersion, options);
        contact.made();
        yield* known.replace(listed.objects);
        yield { type: 'synced' };
        version = listed.resourceVersion;
      }
      if (polls) {
        await pause(pollMs, signal);
        version = undefined;
        continue;
      }
      const opened = Date.now();
      for await (const event of openWatch(transport, info, apiVersion, options, version)) {
        if (event.type === 'ERROR') {
          version = undefined;
          throw event.error;
        }
        contact.made();
        version = digText(event.object, 'metadata', 'resourceVersion') ?? version;
        if (event.type !== 'BOOKMARK') yield* known.next(event.type, event.object);
      }
      // One that ends at once, again and again, is no watch but something between that lets none through.
      await contact.ended(Date.now() - opened);
    } catch (error) {
      if (signal.aborted) return;
      if (isExpired(refusedOf(error))) version = undefined;
      else if (cannotWatch(error)) polls = true;
      await contact.failed(error);
    }
  }
}

/** The user may list but not watch, or what stands before the API server does not know how to. */
function cannotWatch(error: unknown): boolean {
  if (!(error instanceof RefusedStream)) return false;
  const refused = error.error;
  if (isError(refused, 'PM_FORBIDDEN')) return true;
  return isError(refused, 'PM_API_ERROR') && [400, 405, 406, 501].includes(refused.params.status);
}

function refusedOf(error: unknown): unknown {
  return error instanceof RefusedStream ? error.error : error;
}

/** How long the server has not been heard of, and how long to wait before the next try. */
class Contact {
  readonly #options: WatchOptions;
  #failures = 0;
  #last = Date.now();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  made(): void {
    this.#failures = 0;
    this.#last = Date.now();
  }

  /** A watch that ended as it should. */
  async ended(afterMs: number): Promise<void> {
    if (afterMs > shortestWatchMs) return this.made();
    this.#failures += 1;
    await pause(backoffMs(this.#failures), this.#options.signal).catch(() => undefined);
  }

  /** Errors: the failure itself when nothing will help, or when nothing has helped for long. */
  async failed(error: unknown): Promise<void> {
    const { signal, onTrouble, giveUpAfterMs = defaultGiveUpMs } = this.#options;
    const cause = refusedOf(error);
    if (!cannotWatch(error) && !isExpired(cause) && !mayPass(cause)) throw cause;
    if (Date.now() - this.#last > giveUpAfterMs) throw cause;
    this.#failures += 1;
    onTrouble?.(cause);
    const asked = error instanceof RefusedStream ? error.retryAfterSeconds * 1000 : 0;
    await pause(Math.max(backoffMs(this.#failures), asked), signal).catch(() => undefined);
  }
}

/** The server's own limit is a minute. */
const shortestWatchMs = 1000;
