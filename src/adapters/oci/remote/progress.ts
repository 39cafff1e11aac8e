/** Cuts that a transfer may have before its pace counts: a small blob over a bad line has a few. */
const freeCuts = 100;
/** Each cut beyond must be worth so many bytes; the smallest window of TCP lets more through. */
const bytesPerCut = 16 * 1024;

/**
 * Says after each cut of a transfer whether it may go on. One that gets further may, for a line that cuts every
 * connection still ends; one that gets a byte further each time would not.
 */
export class Progress {
  readonly #retries: number;
  #best: number;
  #cuts: number = freeCuts;
  #withoutAny = 0;

  constructor(retries: number, from: number) {
    this.#retries = retries;
    this.#best = from;
  }

  /** @param at how far the transfer is by now; going back and forth is no progress. */
  mayGoOn(at: number): boolean {
    const more = at - this.#best;
    this.#best = Math.max(this.#best, at);
    if (more <= 0) {
      this.#withoutAny += 1;
      return this.#withoutAny <= this.#retries;
    }
    this.#withoutAny = 0;
    this.#cuts += Math.floor(more / bytesPerCut) - 1;
    return this.#cuts >= 0;
  }
}
