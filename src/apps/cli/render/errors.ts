import { type Lang, type PullmendError, redact } from '../../../core/base/index.ts';
import { apiVersion } from '../../../core/model/index.ts';
import type { Document } from '../../../flows/index.ts';
import { harmlessText } from './harmless.ts';
import { asCalled } from './called.ts';
import type { Page } from './page.ts';
import { padTo, wrap } from './wrap.ts';

const indent = 10;

/** An error as a person reads it: code and what happened, where, the likely reason, the next command. */
export function errorScreen(error: PullmendError, page: Page): readonly string[] {
  const { what, likely, do: next } = error.text(page.lang);
  const names = page.m.cli.error;
  const [first = '', ...rest] = wrap(`${error.code}  ${clean(what)}`, page.width);
  return [
    page.paint.bad(first),
    ...rest.map((line) => `  ${line}`),
    // Places and next steps (often a command, or several) are not wrapped: they must survive copy and paste.
    ...wholePart(names.where, error.where),
    ...part(names.likely, likely, page.width),
    ...wholePart(names.do, next === undefined ? undefined : asCalled(next, page.program)),
  ];
}

/** The same for programs. */
export function errorDocument(error: PullmendError, lang: Lang, program = 'pullmend'): Document {
  const { what, likely, do: next } = error.text(lang);
  return {
    apiVersion,
    kind: 'Error',
    code: error.code,
    what: redact(what),
    where: error.where === undefined ? undefined : redact(error.where),
    likely,
    do: next === undefined ? undefined : asCalled(next, program),
    fault: error.fault,
    exitCode: error.exit,
  };
}

function part(name: string, text: string | undefined, width: number): readonly string[] {
  if (text === undefined) return [];
  const [first = '', ...rest] = wrap(clean(text), width - indent);
  return [`  ${padTo(name, indent - 2)}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
}

function wholePart(name: string, text: string | undefined): readonly string[] {
  const [first, ...rest] = text?.split('\n').map(clean) ?? [];
  if (first === undefined) return [];
  return [`  ${padTo(name, indent - 2)}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
}

function clean(text: string): string {
  return harmlessText(redact(text));
}
