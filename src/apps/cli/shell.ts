import { PullmendError } from '../../core/base/index.ts';
import { chooseLang, type Catalog } from '../../core/i18n/index.ts';
import type { Document, Mender, OnEvent } from '../../stages/mend/types.ts';
import type { CliContext } from './context.ts';
import type { Flags, OutputFormat } from './flags/flags.ts';
import { makePage, wantsColours, type Page } from './render/page.ts';
import { serialize } from './render/serialize.ts';
import { Screen } from './screen.ts';

/** Wider lines are hard to read. */
const widest = 100;
/** Without a terminal, and below it nothing fits. */
const usualWidth = 80;
const narrowest = 40;

/** One started command: where it prints and how, and the door to the mender. */
export type Shell = {
  readonly context: CliContext;
  readonly flags: Flags;
  readonly page: Page;
  readonly m: Catalog;
  readonly screen: Screen;
  readonly format: OutputFormat;
  /** The command as it was typed. */
  readonly line: string;
  /** Prints what `--quiet` leaves out. */
  readonly detail: (lines: readonly string[]) => void;
  /** Prints what is always said. */
  readonly result: (lines: readonly string[]) => void;
  /** Prints the one document of `-o json|yaml`. */
  readonly document: (document: Document) => Promise<void>;
  readonly usageError: (problem: string) => PullmendError<'PM_USAGE'>;
  readonly openMender: (onEvent: OnEvent) => Promise<Mender>;
};

export function pageWidth(out: CliContext['stdout']): number {
  return out.isTerminal ? Math.min(widest, Math.max(narrowest, out.columns())) : usualWidth;
}

/** @param name the command below the program, e.g. `mirrors check`. */
export function openShell(context: CliContext, name: string, line: string, flags: Flags): Shell {
  const { stdout, stderr } = context;
  const format = flags.output ?? 'table';
  const page = makePage({
    lang: chooseLang(flags.lang, context.env),
    width: pageWidth(stdout),
    colours: wantsColours(flags.color, context.env, stdout.isTerminal),
    program: context.program,
    now: context.now(),
  });
  const table = format === 'table';
  const screen = new Screen(stdout, table && flags.quiet !== true && stderr.isTerminal);
  return {
    context,
    flags,
    page,
    m: page.m,
    screen,
    format,
    line,
    detail: (lines) => {
      if (table && flags.quiet !== true) screen.print(lines);
    },
    result: (lines) => {
      if (table) screen.print(lines);
    },
    document: async (document) => {
      if (format !== 'table') stdout.write(await serialize(document, format));
    },
    usageError: (problem) =>
      new PullmendError('PM_USAGE', { problem, help: page.m.cli.usage.help(`${context.program} ${name}`) }),
    openMender: (onEvent) => context.createMender({ ...connection(context, flags), onEvent }),
  };
}

function connection(context: CliContext, { kubeconfig, context: kubeContext, config }: Flags) {
  const { env, home, signal } = context;
  return {
    env,
    home,
    signal,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(kubeContext === undefined ? {} : { context: kubeContext }),
    ...(config === undefined ? {} : { config }),
  };
}
