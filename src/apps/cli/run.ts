import { CommanderError } from 'commander';
import { exitCode, isError, PullmendError, redact, type ExitCode, type Lang } from '../../core/base/index.ts';
import { chooseLang, isLang } from '../../core/i18n/index.ts';
import type { CliContext } from './context.ts';
import { kubectlForms } from './flags/argv.ts';
import type { Flags } from './flags/flags.ts';
import { buildProgram, type Invocation } from './program.ts';
import { errorDocument, errorScreen } from './render/errors.ts';
import { harmlessText } from './render/harmless.ts';
import { shellWord } from './render/names.ts';
import { noMirrorsScreen } from './render/mirrors/no-mirrors.ts';
import { serialize } from './render/serialize.ts';
import { openShell, pageFor, pageWidth, type Shell } from './shell.ts';
import { loadMessages } from './words/index.ts';

/**
 * Runs one command line. Everything that is said goes through the context; the only result is the exit code.
 *
 * @param argv without the names of the program: `['fix', '-n', 'shop']`.
 */
export async function run(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const lang = chooseLang(langFlag(argv), context.env);
  await loadMessages(lang);
  let understood: Invocation | undefined;
  const program = buildProgram({
    lang,
    program: context.program,
    version: context.version,
    width: pageWidth(context.stdout),
    invoke: async (invocation) => {
      understood = invocation;
    },
    writeHelp: context.stdout.write,
  });
  try {
    await program.parseAsync(kubectlForms(argv), { from: 'user' });
  } catch (error) {
    // Help or the version was asked for, and written.
    if (error instanceof CommanderError) return exitCode.done;
    // What was not understood cannot have said how it wants its errors.
    return await report(error, { lang, color: !argv.includes('--no-color') }, context);
  }
  return understood === undefined ? exitCode.done : await invoke(understood, argv, context);
}

async function invoke(
  { name, load, args, flags }: Invocation,
  argv: readonly string[],
  context: CliContext,
): Promise<ExitCode> {
  // Said twice, the last one counts.
  await loadMessages(chooseLang(flags.lang, context.env));
  const line = [context.program, ...argv.map(shellWord)].join(' ');
  const shell = openShell(context, name, line, flags);
  try {
    const command = await load();
    const code = await command(shell, args, flags);
    return context.signal.aborted ? exitCode.interrupted : code;
  } catch (error) {
    shell.progress.finish();
    return await report(context.signal.aborted ? interruption(error, shell) : error, flags, context);
  } finally {
    await shell.close();
  }
}

/** What state things are in after Ctrl-C; errors that say it themselves stay as they are. */
function interruption(error: unknown, { progress, m, context, line }: Shell): PullmendError {
  if (error instanceof PullmendError && error.exit === exitCode.interrupted) return error;
  const { interrupted } = m.cli;
  const { plan, applied, changing } = progress;
  if (!changing || plan === undefined) {
    return new PullmendError(
      'PM_INTERRUPTED',
      { state: interrupted.unchanged, next: line },
      { cause: error },
    );
  }
  const state = interrupted.changed(m.words.changes(applied));
  const next = `${context.program} undo ${plan.metadata.name}`;
  return new PullmendError('PM_INTERRUPTED', { state, next }, { cause: error });
}

/** Writes an error to stderr, as text or as the document that was asked for; stdout stays parseable. */
async function report(thrown: unknown, flags: Flags, context: CliContext): Promise<ExitCode> {
  const error = thrown instanceof PullmendError ? thrown : internal(thrown);
  const { stderr } = context;
  const page = pageFor(context, flags, stderr);
  if (flags.output === 'json' || flags.output === 'yaml') {
    stderr.write(await serialize(errorDocument(error, page.lang, page.program), flags.output));
  } else {
    const lines = [...errorScreen(error, page)];
    if (isError(error, 'PM_NO_MIRRORS') && error.params.seen === undefined) {
      lines.push('', ...noMirrorsScreen(error.params.path, page));
    }
    stderr.write(lines.map((text) => `${text}\n`).join(''));
  }
  if (flags.debug === true) stderr.write(`${trace(error)}\n`);
  return error.exit;
}

function internal(thrown: unknown): PullmendError {
  // Whatever is read from outside may be nested so deep that its reader has no stack left.
  if (thrown instanceof RangeError && /call stack/.test(thrown.message))
    return new PullmendError('PM_NESTED_TOO_DEEP', {}, { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new PullmendError('PM_INTERNAL', { message }, { cause: thrown });
}

/** Stacks of an error and its causes, without secrets and control characters. */
function trace(error: unknown): string {
  if (!(error instanceof Error)) return harmlessText(redact(String(error)));
  const lines = redact(error.stack ?? error.message)
    .split('\n')
    .map(harmlessText);
  return error.cause === undefined
    ? lines.join('\n')
    : [...lines, 'caused by', trace(error.cause)].join('\n');
}

/** `--lang` before the flags are understood: help and usage errors need a language too. */
function langFlag(argv: readonly string[]): Lang | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const value = argv[at]?.startsWith('--lang=') === true ? argv[at].slice('--lang='.length) : argv[at + 1];
  return at !== -1 && value !== undefined && isLang(value) ? value : undefined;
}
