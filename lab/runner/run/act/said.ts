import { constants } from 'node:os';
import type { CommandAction, Exits } from '../../file/index.ts';
import type { Finished } from '../../world/index.ts';
import { check, type Context } from '../context.ts';

/** A line of a JavaScript stack trace. */
const STACK_LINE = /^\s+at .+:\d+:\d+\)?$/m;
const SHOWN_LINES = 12;

/** Keeps what a command said for the report. */
export function note(context: Context, command: string, finished: Finished): void {
  const { exit, signal, seconds, stdout, stderr } = finished;
  context.transcripts.push({ command, exit: String(exit ?? signal), seconds, stdout, stderr });
}

export function checkExit(context: Context, command: string, finished: Finished, expected: Exits): void {
  const wanted = Array.isArray(expected) ? expected : [expected];
  const ok = wanted.includes(exitOf(finished));
  const seen = `${finished.exit ?? finished.signal} after ${finished.seconds.toFixed(1)} s`;
  const tail = ok ? '' : `; ${lastLines(finished.stderr || finished.stdout)}`;
  check(context, `${command} ends with ${wanted.join(' or ')}`, ok, seen + tail);
}

/** As a shell tells it: 128 + n when signal n ended it. */
function exitOf({ exit, signal }: Finished): number {
  return exit ?? 128 + (signal === undefined ? 0 : constants.signals[signal]);
}

export function checkEnd(context: Context, command: string, { seconds }: Finished, within: number): void {
  check(context, `${command} ends within ${within} s`, seconds <= within, `${seconds.toFixed(1)} s`);
}

/** What holds for every run: no stack trace for a person, no secret for anybody. */
export function checkManners(context: Context, { stdout, stderr }: Finished): void {
  const stack = STACK_LINE.exec(stderr);
  if (stack !== null) check(context, 'no stack trace', false, lastLines(stderr));
  const told = context.secrets.filter((secret) => stdout.includes(secret) || stderr.includes(secret));
  if (told.length > 0)
    check(context, 'no secret is printed', false, `${told.length} texts of Secrets were printed`);
}

type Texts = Pick<CommandAction, 'stdout' | 'stderr' | 'says' | 'mustNotSay'>;

/** Compares both streams with what must and must not be in them. */
export function checkTexts(
  context: Context,
  command: string,
  { stdout, stderr }: Pick<Finished, 'stdout' | 'stderr'>,
  wanted: Partial<Texts>,
): void {
  const both = [stdout, stderr];
  const look = (what: string, texts: readonly string[], pattern: string, shown = pattern): void => {
    const ok = texts.some((text) => new RegExp(pattern, 'um').test(text));
    check(context, `${what} /${shown}/`, ok, lastLines(texts.join('\n')));
  };
  for (const pattern of wanted.stdout ?? []) look('stdout has', [stdout], pattern);
  for (const pattern of wanted.stderr ?? []) look('stderr has', [stderr], pattern);
  for (const pattern of wanted.says ?? []) look('it says', both, wrapped(pattern), pattern);
  for (const pattern of wanted.mustNotSay ?? []) {
    const hits = both.flatMap((text) => new RegExp(wrapped(pattern), 'um').exec(text)?.[0] ?? []);
    const seen = hits.join(' … ') || '(nothing)';
    check(context, `${command} does not say /${pattern}/`, hits.length === 0, seen);
  }
}

/** Text for people is wrapped at the width of the terminal: a blank stands for any white space. */
function wrapped(pattern: string): string {
  return pattern.replaceAll(' ', '\\s+');
}

/** The JSON that `then` asks about; an error alone is a document on stderr. */
export function keepReport(context: Context, { stdout, stderr }: Pick<Finished, 'stdout' | 'stderr'>): void {
  context.report = undefined;
  const text = stdout.trim() === '' ? stderr : stdout;
  try {
    context.report = JSON.parse(text);
  } catch (error) {
    check(
      context,
      'the output is one JSON document',
      false,
      `${(error as Error).message}: ${lastLines(text)}`,
    );
  }
}

export function wantsJson({ pullmend }: { readonly pullmend: readonly string[] }): boolean {
  return /(^| )(-o|--output)[ =]?json( |$)/.test(pullmend.join(' '));
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n') || '(nothing)';
}
