import { styleText } from 'node:util';
import type { Lang } from '../../../core/base/index.ts';
import { messages, type Catalog } from '../words/index.ts';

/** Puts a meaning on a text: a colour on a terminal, nothing elsewhere. */
export type Paint = Readonly<
  Record<'strong' | 'quiet' | 'good' | 'bad' | 'doubtful', (text: string) => string>
>;

/** What every screen needs to know about where it is shown, and to whom. */
export type Page = {
  readonly lang: Lang;
  readonly m: Catalog;
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
  /** How the command is called: `pullmend` or `kubectl pullmend`. */
  readonly program: string;
  /** Milliseconds since 1970, for how long something lasts. */
  readonly now: number;
};

export function makePage(options: Omit<Page, 'm' | 'paint'> & { readonly colours: boolean }): Page {
  const { colours, ...rest } = options;
  return { ...rest, m: messages(rest.lang), paint: colours ? coloured : plain };
}

const plain: Paint = { strong: same, quiet: same, good: same, bad: same, doubtful: same };

const coloured: Paint = {
  strong: painter('bold'),
  quiet: painter('dim'),
  good: painter('green'),
  bad: painter('red'),
  doubtful: painter('yellow'),
};

function same(text: string): string {
  return text;
}

function painter(format: 'bold' | 'dim' | 'green' | 'red' | 'yellow'): (text: string) => string {
  // Whether there are colours at all was decided before; the stream is not asked again.
  return (text) => styleText(format, text, { validateStream: false });
}

/** Colours: `--no-color` and NO_COLOR say no, FORCE_COLOR says yes, otherwise only a terminal gets them. */
export function wantsColours(
  flag: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flag === false || (env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
