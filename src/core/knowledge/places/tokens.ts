import { namesImage } from './field-name.ts';

/** A word of a text that could be an image. */
export type Token = {
  readonly text: string;
  /** In UTF-16 units of the text; `end` is behind it. */
  readonly start: number;
  readonly end: number;
  /** What stands before it says "image": `--image=…`, `image: …`. */
  readonly named: boolean;
  /** A placeholder touches it, so that it is only a part of a name. */
  readonly cut: boolean;
};

const word = /[^\s,;|"'`()<>=[\]{}]+/g;
/** From here to the end of the line it is a comment, in shell, YAML, properties, ini and most languages. */
const comment = /(?:^|\s)(?:#|\/\/|;)/;

/** The words of a text, line by line, without comments. */
export function tokensOf(text: string): readonly Token[] {
  let start = 0;
  return text.split('\n').flatMap((line) => {
    const tokens = tokensOfLine(line, start);
    start += line.length + 1;
    return tokens;
  });
}

function tokensOfLine(line: string, lineStart: number): readonly Token[] {
  const code = line.slice(0, comment.exec(line)?.index ?? line.length);
  let before = { text: '', end: 0 };
  return [...code.matchAll(word)].map(({ 0: raw, index }) => {
    // The end of a sentence, or of a key.
    const text = raw.replace(/[.:\\]+$/, '');
    const end = index + raw.length;
    const element = elementAround(code, index, end);
    const named = isLed(before.text, code.slice(before.end, index)) || namesImage(element ?? '');
    before = { text: raw, end };
    const cut =
      element === undefined && (/[}>$]/.test(code[index - 1] ?? '') || /[{<$]/.test(code[end] ?? ''));
    return { text, start: lineStart + index, end: lineStart + index + text.length, named, cut };
  });
}

/** The name of the XML element that holds just this word. */
function elementAround(code: string, start: number, end: number): string | undefined {
  if (code[start - 1] !== '>') return undefined;
  const name = /<([\w.-]+)>$/.exec(code.slice(Math.max(0, start - 80), start))?.[1];
  return name !== undefined && code.startsWith(`</${name}>`, end) ? name : undefined;
}

function isLed(before: string, gap: string): boolean {
  if (before === '' || !/^[\s="']*$/.test(gap)) return false;
  const leads = gap.includes('=') || before.endsWith(':') || before.startsWith('-');
  return leads && namesImage(before);
}
