type Waiting = { readonly size: number; readonly start: () => void };

/** Runs few at a time, the largest of those that wait first: the longest transfer must not begin last. */
export class LargestFirst {
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(size: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      const behind = this.#waiting.findIndex((other) => other.size < size);
      this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, { size, start });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  #next(): void {
    if (this.#running >= this.#most) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#running += 1;
    next.start();
  }
}
