import type { ExitCode } from '../../core/base/index.ts';
import type { Catalog } from './words/index.ts';
import type { ExtraFormat, FlagName, Flags } from './flags/flags.ts';
import type { Shell } from './shell.ts';

/** What the module of a command exports: flags to options, call, render. */
export type RunCommand = (shell: Shell, args: readonly string[], flags: Flags) => Promise<ExitCode>;

type Argument = { readonly syntax: string; readonly words: (m: Catalog) => string };

export type CommandSpec = {
  readonly name: string;
  readonly words: (m: Catalog) => { readonly summary: string; readonly about: string };
  readonly examples?: (m: Catalog) => readonly { readonly say: string; readonly run: string }[];
  readonly argument?: Argument;
  /** A second one. */
  readonly more?: Argument;
  /** A third one. */
  readonly rest?: Argument;
  readonly flags: readonly FlagName[];
  /** What flags mean here, where that is not what they mean everywhere. */
  readonly here?: (words: Catalog['help']['here']) => Readonly<Partial<Record<FlagName, string>>>;
  /** Formats of `-o` besides table, json and yaml. */
  readonly formats?: readonly ExtraFormat[];
  /** Loaded when the command is run, so that help and version stay quick. */
  readonly load?: () => Promise<RunCommand>;
  /** Commands below this one. */
  readonly parts?: readonly CommandSpec[];
};
