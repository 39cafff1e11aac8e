/** Numbers of a scenario file may still be a variable's text. */
export type Count = number | string;

/** Lets the first `skip` pass, then meets `times`, then lets all pass. */
export class Counter {
  readonly #skip: number;
  readonly #times: number;
  #seen = 0;

  constructor({ skip, times }: { readonly skip: Count; readonly times?: Count | undefined }) {
    this.#skip = Number(skip);
    this.#times = times === undefined ? Infinity : Number(times);
  }

  /** One more; whether it is meant. */
  meets(): boolean {
    this.#seen += 1;
    return this.#seen > this.#skip && this.#seen <= this.#skip + this.#times;
  }
}
