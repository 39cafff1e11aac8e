import type { NotImageReason } from '../../model/index.ts';
import { destinationsIn } from './destinations.ts';
import { namesDestination, namesImage } from './field-name.ts';

/** A word of a text that could be an image. */
export type Token = {
  readonly text: string;
  /** In UTF-16 units of the text; `end` is behind it. */
  readonly start: number;
  readonly end: number;
  /** What stands before it says "image": `--image=…`, `image: …`. */
  readonly named: boolean;
  /** What stands around it says that it is none: a placeholder touches it, it is pushed, a query compares it. */
  readonly fault?: NotImageReason;
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
  const pushed = destinationsIn(code);
  let before = { text: '', end: 0 };
  return [...code.matchAll(word)].map(({ 0: raw, index }) => {
    // The end of a sentence, or of a key.
    const text = raw.replace(/[.:\\]+$/, '');
    const end = index + raw.length;
    const element = elementAround(code, index, end);
    const leads = isLeading(before.text, code.slice(before.end, index));
    const named = (leads && namesImage(before.text)) || namesImage(element ?? '');
    const isPushed =
      (leads && namesDestination(before.text)) || pushed.some((it) => it.start <= index && end <= it.end);
    before = { text: raw, end };
    const cut =
      element === undefined && (/[}>$]/.test(code[index - 1] ?? '') || /[{<$]/.test(code[end] ?? ''));
    const fault = cut ? 'template' : isPushed ? 'destination' : isCompared(code, index) ? 'query' : undefined;
    const token = { text, start: lineStart + index, end: lineStart + index + text.length, named };
    return fault === undefined ? token : { ...token, fault };
  });
}

/** The name of the XML element that holds just this word. */
function elementAround(code: string, start: number, end: number): string | undefined {
  if (code[start - 1] !== '>') return undefined;
  const name = /<([\w.-]+)>$/.exec(code.slice(Math.max(0, start - 80), start))?.[1];
  return name !== undefined && code.startsWith(`</${name}>`, end) ? name : undefined;
}

function isLeading(before: string, gap: string): boolean {
  if (before === '' || !/^[\s="']*$/.test(gap)) return false;
  return gap.includes('=') || before.endsWith(':') || before.startsWith('-');
}

/** A label that a query of Prometheus or Loki matches: `kube_pod_container_info{image="…"}`, `image=~"…"`. */
function isCompared(code: string, start: number): boolean {
  const before = code.slice(Math.max(0, start - 400), start);
  return /(?:=~|!~|!=)\s*\\?["'`]$/.test(before) || /[\w:]\{[^{}]*=\s*\\?["'`]$/.test(before);
}
