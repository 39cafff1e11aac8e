import { PullmendError } from '../../core/base/index.ts';
import type { CopyEvent, CopyTotals } from '../../flows/index.ts';
import { harmless } from './render/harmless.ts';
import { copyLine } from './render/copies/copy.ts';
import type { Shell } from './shell.ts';

/** Shows each image when it is done, and on a terminal how far all of them are. */
export class CopyProgress {
  readonly #shell: Shell;
  #total = 0;
  #done = 0;
  #since = 0;
  #totals: CopyTotals | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  begin(total: number): void {
    this.#total = total;
    this.#since = this.#shell.context.now();
    this.#shell.screen.live((spinner) => [`${spinner} ${this.#line()}`]);
  }

  readonly handle = (event: CopyEvent): void => {
    if (event.type === 'progress') {
      this.#totals = event.totals;
      return;
    }
    this.#done = event.done;
    this.#total = event.total;
    // What is unchanged is only counted: of a large list it is almost all.
    if (event.result.state !== 'unchanged') {
      this.#shell.detail(copyLine(harmless(event.result), this.#shell.page));
    }
  };

  finish(): void {
    this.#shell.screen.live(undefined);
  }

  #line(): string {
    const { m, context } = this.#shell;
    const { bytesSent = 0, bytesPlanned = 0 } = this.#totals ?? {};
    const seconds = Math.max(0.1, (context.now() - this.#since) / 1000);
    const rate = bytesSent / seconds;
    const left = rate > 0 && bytesPlanned > bytesSent ? (bytesPlanned - bytesSent) / rate : 0;
    return m.copy.progress(
      this.#done,
      this.#total,
      m.copy.bytes(bytesSent),
      m.copy.bytes(bytesPlanned),
      m.copy.bytes(rate),
      left > 0 ? m.words.duration(Math.ceil(left)) : '',
    );
  }
}

/** For `copy`, `sync` and `bundle`, which all go on where they were cut. */
export function copyInterrupted({ m, line }: Shell, cause: unknown): PullmendError<'PM_INTERRUPTED'> {
  return new PullmendError('PM_INTERRUPTED', { state: m.copy.interrupted, next: line }, { cause });
}
