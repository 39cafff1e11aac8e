/** How a line of a log begins. */
const logStart =
  /^\s{0,16}(?:\S{2,6} {1,2}\d{1,2} \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT|[IWEF]\d{4} \d\d:\d\d:\d\d|(?:time|level|ts|t)=|(?:INFO|WARN|ERRO|FATA|DEBU)\[|\{|kubectl |.{0,80}[$#] )/;
/** Only lines of a log are put together, and only where they are long enough to have been broken. */
const shortest = 60;
/** Lines of one entry. */
const maxLines = 30;

/** Puts together the lines of a log that a terminal or a chat window broke inside a quoted text. */
export class Wrapped {
  readonly #hand: (line: string) => void;
  #open: string[] = [];

  constructor(hand: (line: string) => void) {
    this.#hand = hand;
  }

  add(line: string): void {
    if (this.#open.length === 0) {
      if (line.length >= shortest && logStart.test(line) && !line.startsWith('{') && isUnclosed(line))
        this.#open.push(line);
      else this.#hand(line);
      return;
    }
    if (logStart.test(line) || line.trim() === '') {
      this.end();
      this.add(line);
      return;
    }
    this.#open.push(/^\s/.test(this.#open[0] ?? '') ? line.trimStart() : line);
    if (this.#open.length >= maxLines || !isUnclosed(this.#joined())) this.end();
  }

  end(): void {
    if (this.#open.length === 0) return;
    const whole = this.#joined();
    const lines = this.#open;
    this.#open = [];
    if (isUnclosed(whole)) for (const line of lines) this.#hand(line);
    else this.#hand(whole);
  }

  /** A terminal breaks at its last column, in the middle of words; editors break between words. */
  #joined(): string {
    const lengths = new Set(this.#open.slice(0, -1).map(({ length }) => length));
    const [length = 0] = lengths;
    const isHard = lengths.size === 1 && (this.#open.length > 2 || length % 10 === 0);
    if (isHard) return this.#open.join('');
    // Editors break after a slash too, which no word ends in.
    return this.#open.reduce((whole, line) => whole + (whole.endsWith('/') ? '' : ' ') + line);
  }
}

/** Is a quoted text open at the end of the line? */
function isUnclosed(line: string): boolean {
  let quotes = 0;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
    let escapes = 0;
    while (line[at - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) quotes += 1;
  }
  return quotes % 2 === 1;
}
