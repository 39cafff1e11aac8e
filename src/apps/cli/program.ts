import { Argument, Command, Option } from 'commander';
import type { Lang } from '../../core/base/index.ts';
import { messages, type Catalog } from './words/index.ts';
import { flagSyntax, globalFlags, type FlagName, type Flags } from './flags/flags.ts';
import { valueReaders } from './flags/values.ts';
import { helpConfiguration, shortHelp } from './help.ts';
import type { CommandSpec, RunCommand } from './command-spec.ts';
import { commands } from './commands.ts';
import { fullName, unknownTopic, usageErrorOf } from './usage-error.ts';

/** One command line, understood: which command, with what. */
export type Invocation = {
  /** The command as typed, e.g. `mirrors check`. */
  readonly name: string;
  readonly load: () => Promise<RunCommand>;
  readonly args: readonly string[];
  readonly flags: Flags;
};

export type ProgramContext = {
  readonly lang: Lang;
  /** How the command was started: `pullmend`, or `kubectl pullmend` as a plugin. */
  readonly program: string;
  readonly version: string;
  /** Columns of the help; 80 without a terminal. */
  readonly width: number;
  /** Called with what was understood; help and errors do not get here. */
  readonly invoke: (invocation: Invocation) => Promise<void>;
  readonly writeHelp: (text: string) => void;
};

/** The whole command line as data of commander, in one language; runs nothing by itself. */
export function buildProgram(context: ProgramContext): Command {
  const m = messages(context.lang);
  const program = new Command(context.program);
  configure(program, context, m);
  program
    .description(m.help.tagline)
    .version(context.version, '-V, --version', m.help.versionFlag)
    .helpCommand('help [command]', m.help.helpCommand);
  for (const name of globalFlags) program.addOption(option(name, program, m));
  for (const spec of commands) addCommand(program, spec, context, m);
  return program;
}

function configure(command: Command, context: ProgramContext, m: Catalog): void {
  command
    .helpOption('-h, --help', m.help.helpFlag)
    .configureHelp(helpConfiguration(m, context.width))
    .configureOutput({ writeOut: context.writeHelp, writeErr: () => {}, outputError: () => {} })
    .exitOverride((error) => {
      // A command that needs another one below it: not an error, but a question.
      const unknown = unknownTopic(error, command, m);
      if (unknown !== undefined) throw unknown;
      if (error.code === 'commander.help' && error.exitCode !== 0) {
        if (command.parent === null) context.writeHelp(`${shortHelp(m, context.program).join('\n')}\n`);
        else command.outputHelp();
      }
      throw usageErrorOf(error, command, m);
    });
}

function addCommand(parent: Command, spec: CommandSpec, context: ProgramContext, m: Catalog): void {
  const command = new Command(spec.name);
  // First of all: what is wrong below it is told with the whole name of the command.
  parent.addCommand(command);
  configure(command, context, m);
  const { summary, about } = spec.words(m);
  command.summary(summary).description(about).allowExcessArguments(false);
  for (const name of spec.flags) command.addOption(option(name, command, m, spec));
  for (const argument of [spec.argument, spec.more, spec.rest]) {
    if (argument !== undefined) command.addArgument(new Argument(argument.syntax, argument.words(m)));
  }
  const { load } = spec;
  if (load !== undefined) {
    command.action(async () => {
      const given = withSources(spec, command.args, withOutputFile(command.optsWithGlobals()));
      await context.invoke({ name: nameBelowProgram(command), load, ...given });
    });
  }
  if (spec.parts !== undefined) command.helpCommand('help [command]', m.help.helpCommand);
  for (const part of spec.parts ?? []) addCommand(command, part, context, m);
  if (spec.examples !== undefined) {
    command.addHelpText('after', () => `\n${examplesText(spec, context, m)}`);
  }
}

function option(name: FlagName, command: Command, m: Catalog, spec?: CommandSpec): Option {
  const made = new Option(flagSyntax[name], flagWords(name, m, spec));
  const help = m.cli.usage.help(fullName(command));
  if (name === 'output' && spec?.flags.includes('out') === true) {
    const asFormat = valueReaders(m.cli.usage, help, spec.formats).output;
    return made.argParser((text: string, previous) => (isFileName(text) ? text : asFormat?.(text, previous)));
  }
  const read = valueReaders(m.cli.usage, help, spec?.formats)[name];
  return read === undefined ? made : made.argParser(read);
}

/** No format has a dot or a slash. */
function isFileName(text: string): boolean {
  return /[./\\]/.test(text);
}

/** Where a command writes a file, `-o override.yaml` is `--out override.yaml`. */
function withOutputFile({ output, ...flags }: Flags): Flags {
  if (output === undefined) return flags;
  return isFileName(output) ? { out: output, ...flags } : { output, ...flags };
}

/** `-f` names what is read: the same files as the argument does, or the values of a chart, as it does for helm. */
function withSources(
  spec: CommandSpec,
  args: readonly string[],
  { filename, ...flags }: Flags,
): Pick<Invocation, 'args' | 'flags'> {
  if (filename === undefined) return { args, flags };
  if (!spec.flags.includes('values')) return { args, flags: { ...flags, filename } };
  return flags.chart === undefined
    ? { args: [...args, ...filename], flags }
    : { args, flags: { ...flags, values: [...(flags.values ?? []), ...filename] } };
}

function flagWords(name: FlagName, m: Catalog, spec?: CommandSpec): string {
  const { formats = [] } = spec ?? {};
  const words = spec?.here?.(m.help.here)[name] ?? m.help.flags[name];
  return name === 'output' && formats.length > 0 ? m.help.moreFormats(words, formats.join(', ')) : words;
}

function nameBelowProgram(command: Command): string {
  const parent = command.parent;
  return parent?.parent ? `${nameBelowProgram(parent)} ${command.name()}` : command.name();
}

function examplesText(spec: CommandSpec, context: ProgramContext, m: Catalog): string {
  const lines = (spec.examples?.(m) ?? []).flatMap(({ say, run }) => [
    `  # ${say}`,
    `  ${context.program} ${run}`,
  ]);
  return [m.help.headings.examples, ...lines].join('\n');
}
