import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** A text below a heading, with a mark of one letter before it. */
export function markedLine(mark: string, text: string, { width }: Page): readonly string[] {
  return wrap(text, width - 4).map((line, index) => (index === 0 ? `  ${mark} ${line}` : `    ${line}`));
}
