import { PullmendError } from '../../core/base/index.ts';
import type { MirrorSet } from '../../core/model/index.ts';
import { chooseLang } from '../../core/i18n/index.ts';
import type { Catalog } from './words/index.ts';
import type {
  Bundler,
  Copier,
  CopierOptions,
  Document,
  Mender,
  MenderOptions,
  Target,
} from '../../flows/index.ts';
import type { CliContext } from './context.ts';
import { unreadable } from './file-errors.ts';
import type { Flags, OutputFormat } from './flags/flags.ts';
import { Progress } from './progress.ts';
import { asCalled } from './render/called.ts';
import { makePage, wantsColours, type Page } from './render/page.ts';
import { serialize, type SerializeOptions } from './render/serialize.ts';
import { Screen } from './screen.ts';

/** Wider lines are hard to read. */
const widest = 100;
/** Without a terminal. */
const usualWidth = 80;
/** Below it nothing fits. */
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
  /** Prints the one document of `-o json|yaml`, which is made for these alone. */
  readonly document: (make: () => Document, options?: SerializeOptions) => Promise<void>;
  readonly usageError: (problem: string) => PullmendError<'PM_USAGE'>;
  readonly progress: Progress;
  /** Makes the mender, and says where it works unless somebody else hears its events. */
  readonly openMender: (target?: Target, onEvent?: MenderOptions['onEvent']) => Promise<Mender>;
  /** Another mender, with mirrors that stand in no file; says nothing of where it works. */
  readonly openTrial: (mirrors: MirrorSet) => Promise<Mender>;
  readonly openCopier: (onEvent: CopierOptions['onEvent']) => Promise<Copier>;
  readonly openBundler: (onEvent: CopierOptions['onEvent']) => Promise<Bundler>;
  /** The text of a file, or of standard input for `-`. Throws PM_FILE_UNREADABLE. */
  readonly readText: (path: string) => Promise<string>;
  /** Ends what goes on: the live lines and the connections. */
  readonly close: () => Promise<void>;
};

export function pageWidth(out: CliContext['stdout']): number {
  return out.isTerminal ? Math.min(widest, Math.max(narrowest, out.columns())) : usualWidth;
}

/** The page that a command prints on, by its flags and the world around it. */
export function pageFor(context: CliContext, flags: Flags, out: CliContext['stdout']): Page {
  return makePage({
    lang: chooseLang(flags.lang, context.env),
    width: pageWidth(out),
    colours: wantsColours(flags.color, context.env, out.isTerminal),
    program: context.program,
    now: context.now(),
  });
}

/** What copying needs of the command line. */
export function copierOptions(
  context: CliContext,
  flags: Flags,
  onEvent: CopierOptions['onEvent'],
): CopierOptions {
  const { env, home, signal } = context;
  const hosts = Object.fromEntries((flags.plainHttp ?? []).map((host) => [host, { plainHttp: true }]));
  return { env, home, signal, ...connectionOf(flags), config: flags.config, hosts, onEvent };
}

/** @param name the command below the program, e.g. `mirrors check`. */
export function openShell(context: CliContext, name: string, line: string, flags: Flags): Shell {
  const format = flags.output ?? 'table';
  const page = pageFor(context, flags, context.stdout);
  const isTable = format === 'table';
  const isFull = isTable && flags.quiet !== true;
  const screen = new Screen(context.stdout, isFull && context.stderr.isTerminal);
  const called = (lines: readonly string[]): readonly string[] =>
    lines.map((text) => asCalled(text, context.program));
  const detail = (lines: readonly string[]): void => {
    if (isFull) screen.print(called(lines));
  };
  const notice = (text: string): void => {
    if (screen.isLive) screen.print([text]);
    else context.stderr.write(`${text}\n`);
  };
  const progress = new Progress({ page, screen, detail, notice, now: context.now });
  context.signal.addEventListener('abort', () => {
    notice(page.m.cli.interrupted.stopping);
  });
  const opened: Mender[] = [];
  const open = async (options: MenderOptions): Promise<Mender> => {
    const mender = await context.createMender(options);
    opened.push(mender);
    return mender;
  };
  return {
    context,
    flags,
    page,
    m: page.m,
    screen,
    format,
    line,
    detail,
    result: (lines) => {
      if (isTable) screen.print(called(lines));
    },
    document: async (make, options) => {
      if (format === 'json' || format === 'yaml')
        context.stdout.write(await serialize(make(), format, options));
    },
    usageError: (problem) =>
      new PullmendError('PM_USAGE', { problem, help: page.m.cli.usage.help(`${context.program} ${name}`) }),
    progress,
    openMender: async (target, onEvent) => {
      const mender = await open(menderOptions(context, flags, onEvent ?? progress.handle));
      if (onEvent === undefined) progress.begin(mender.mirrors, target);
      return mender;
    },
    openTrial: async (mirrors) =>
      await open({ ...menderOptions(context, flags, progress.handleProbes), mirrors }),
    openCopier: async (onEvent) => await context.createCopier(copierOptions(context, flags, onEvent)),
    openBundler: async (onEvent) => await context.createBundler(copierOptions(context, flags, onEvent)),
    readText: async (path) => {
      try {
        return await (path === '-' ? context.readStdin() : context.readFile(path));
      } catch (cause) {
        throw unreadable(path, cause);
      }
    },
    close: async () => {
      screen.close();
      await Promise.all(opened.map(async (mender) => await mender.close()));
    },
  };
}

/** Which cluster, as whom, and how long for one request. */
function connectionOf({ kubeconfig, context, as, asGroup, requestTimeout }: Flags) {
  return { kubeconfig, context, as, asGroups: asGroup, requestTimeoutSeconds: requestTimeout };
}

function menderOptions(context: CliContext, flags: Flags, onEvent: MenderOptions['onEvent']): MenderOptions {
  return {
    env: context.env,
    readStdin: context.readStdin,
    home: context.home,
    signal: context.signal,
    onEvent,
    ...connectionOf(flags),
    nodeWay: flags.nodeAccess,
    sshUser: flags.sshUser,
    config: flags.config,
    followLinks: flags.followLinks,
    knownDigests: flags.knownDigests,
  };
}
