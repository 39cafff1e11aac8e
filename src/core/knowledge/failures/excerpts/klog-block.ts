import { splitPrefix } from './log-line.ts';

/** klog writes a value of several lines between `=<` and ` >` (k8s.io/klog internal/serialize/keyvalues.go). */
const start = /^(?:.{0,200}\] |\s{0,8})"[^"]{1,300}".{0,4000} [\w.]{1,60}=<\s*$/;
const finish = /^\s{0,8}>(?=\s|$)/;
/** Lines of one value. */
const maxLines = 60;

/** Puts a structured line of klog on one line again, its values quoted as short ones are. */
export class KlogBlock {
  readonly #hand: (line: string) => void;
  #head: string | undefined;
  #value: string[] = [];

  constructor(hand: (line: string) => void) {
    this.#hand = hand;
  }

  add(line: string): void {
    const text = this.#head === undefined ? line : splitPrefix(line).text;
    if (this.#head === undefined) {
      if (start.test(line)) this.#head = line.trimEnd().slice(0, -1);
      else this.#hand(line);
    } else if (finish.test(text)) this.#close(text.replace(/^\s*>/, ''));
    else {
      this.#value.push(text.trim());
      if (this.#value.length >= maxLines) this.end();
    }
  }

  /** The text has ended, or the value has no end. */
  end(): void {
    if (this.#head !== undefined) this.#close('');
  }

  #close(rest: string): void {
    const line = `${this.#head ?? ''}${JSON.stringify(this.#value.join('\n'))}`;
    this.#head = undefined;
    this.#value = [];
    // A second value may follow.
    this.add(line + rest);
  }
}
