import { redact } from '../../core/base/index.ts';
import { cutTo } from './render/wrap.ts';

/** A stream that text goes to. */
export type Output = {
  readonly isTerminal: boolean;
  /** Read at each use: a window may change its size. */
  readonly columns: () => number;
  readonly rows: () => number;
  readonly write: (text: string) => void;
  /** Waits until what was written is taken; for much at once. */
  readonly drained?: () => Promise<void>;
};

/** Fast enough to show that it is alive, slow enough for a bad line. */
const framesMs = 120;
const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** Draws what goes on now; gets the spinner of this moment. */
export type DrawLive = (spinner: string) => readonly string[];

/**
 * Lines that stay, and below them a few that are drawn over while something goes on. The latter exist only on
 * a terminal, and are gone when the screen is closed.
 */
export class Screen {
  readonly #out: Output;
  readonly #live: boolean;
  #draw: DrawLive | undefined;
  #drawn = 0;
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(out: Output, live: boolean) {
    this.#out = out;
    this.#live = live && out.isTerminal;
  }

  /** True when what goes on now can be drawn over. */
  get isLive(): boolean {
    return this.#live;
  }

  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#out.write(this.#erase() + lines.map((line) => `${redact(line)}\n`).join(''));
    this.#redraw();
  }

  /** Shows what goes on now, until the next call; `undefined` shows nothing. */
  live(draw: DrawLive | undefined): void {
    if (!this.#live) return;
    this.#draw = draw;
    clearInterval(this.#timer);
    if (draw !== undefined) {
      this.#timer = setInterval(() => {
        this.#frame += 1;
        this.#redraw();
      }, framesMs);
      this.#timer.unref();
    }
    this.#redraw();
  }

  close(): void {
    this.live(undefined);
  }

  #redraw(): void {
    if (!this.#live) return;
    const columns = this.#out.columns();
    const lines = this.#draw?.(frames[this.#frame % frames.length] ?? '') ?? [];
    // Lines that wrap or scroll cannot be drawn over.
    const shown = lines
      .slice(0, Math.max(1, this.#out.rows() - 2))
      .map((line) => cutTo(redact(line), columns - 1));
    const text = this.#erase() + shown.map((line) => `${line}\n`).join('');
    if (text !== '') this.#out.write(text);
    this.#drawn = shown.length;
  }

  /** Back to the first drawn line, with everything below it gone. */
  #erase(): string {
    const up = this.#drawn;
    this.#drawn = 0;
    return up === 0 ? '' : `\r\u001b[${up}A\u001b[J`;
  }
}
