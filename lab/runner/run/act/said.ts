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
  const ok = finished.exit !== undefined && wanted.includes(finished.exit);
  const seen = `${finished.exit ?? finished.signal} after ${finished.seconds.toFixed(1)} s`;
  const tail = ok ? '' : `; ${lastLines(finished.stderr || finished.stdout)}`;
  check(context, `${command} ends with ${wanted.join(' or ')}`, ok, seen + tail);
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
  const look = (what: string, texts: readonly string[], patterns: readonly string[] = []): void => {
    for (const pattern of patterns)
      check(context, `${what} /${pattern}/`, texts.some(matches(pattern)), lastLines(texts.join('\n')));
  };
  look('stdout has', [stdout], wanted.stdout);
  look('stderr has', [stderr], wanted.stderr);
  look('it says', both, wanted.says);
  for (const pattern of wanted.mustNotSay ?? []) {
    const line = both.flatMap((text) => text.split('\n')).find(matches(pattern));
    const hit = line ?? both.find(matches(pattern));
    check(context, `${command} does not say /${pattern}/`, hit === undefined, lastLines(hit ?? ''));
  }
}

function matches(pattern: string): (text: string) => boolean {
  return (text) => new RegExp(pattern, 'um').test(text);
}

/** The JSON that `then` asks about. */
export function keepReport(context: Context, stdout: string): void {
  context.report = undefined;
  try {
    context.report = JSON.parse(stdout);
  } catch (error) {
    check(context, 'stdout is one JSON document', false, `${(error as Error).message}: ${lastLines(stdout)}`);
  }
}

export function wantsJson({ pullmend }: { readonly pullmend: readonly string[] }): boolean {
  return /(^| )(-o|--output)[ =]?json( |$)/.test(pullmend.join(' '));
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n') || '(nothing)';
}
