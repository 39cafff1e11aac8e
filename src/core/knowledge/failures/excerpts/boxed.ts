/** A line of a pane or table that is drawn on both sides; one blank stands beside each border. */
const box = /^\s{0,8}[│┃║](?: (.*) |(.*))[│┃║]\s{0,8}$/;
/** A row of its own: what stands before it did not go on. */
const row = /^\s{0,8}(?:Normal|Warning|Type|----|Events:|[A-Z][\w-]{1,30}:)(?:\s|$)/;
/** UTF-16 units that are put together; no message of a runtime is longer. */
const longest = 16 * 1024;

/** Puts together what a pane (k9s, lens) broke at its right border, in the middle of words. */
export class Boxed {
  readonly #hand: (line: string) => void;
  #open: string | undefined;

  constructor(hand: (line: string) => void) {
    this.#hand = hand;
  }

  add(line: string): void {
    const [whole, padded, bare] = box.exec(line) ?? [];
    const content = padded ?? bare;
    if (whole === undefined || content === undefined) {
      this.end();
      this.#hand(line);
      return;
    }
    if (row.test(content)) this.end();
    // A pane is filled with blanks up to its border; a line that reaches it goes on in the next.
    const isFull = padded !== undefined && /\S$/.test(content);
    const text = this.#open === undefined ? line : this.#open + content.trimEnd();
    this.#open = undefined;
    if (isFull && text.length < longest) this.#open = text.replace(/ ?[│┃║]\s{0,8}$/, '');
    else this.#hand(text);
  }

  end(): void {
    const text = this.#open;
    this.#open = undefined;
    if (text !== undefined) this.#hand(text);
  }
}
