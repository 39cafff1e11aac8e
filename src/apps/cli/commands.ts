import type { ExitCode } from '../../core/base/index.ts';
import type { Catalog } from '../../core/i18n/index.ts';
import type { ExtraFormat, FlagName, Flags } from './flags/flags.ts';
import type { Shell } from './shell.ts';

/** What the module of a command exports: flags to options, call, render. */
export type RunCommand = (shell: Shell, args: readonly string[], flags: Flags) => Promise<ExitCode>;

export type CommandSpec = {
  readonly name: string;
  readonly words: (m: Catalog) => { readonly summary: string; readonly about: string };
  readonly examples?: (m: Catalog) => readonly { readonly say: string; readonly run: string }[];
  readonly argument?: { readonly syntax: string; readonly words: (m: Catalog) => string };
  readonly flags: readonly FlagName[];
  /** Formats of `-o` besides table, json and yaml. */
  readonly formats?: readonly ExtraFormat[];
  /** Loaded when the command is run, so that help and version stay quick. */
  readonly load?: () => Promise<RunCommand>;
  /** Commands below this one. */
  readonly parts?: readonly CommandSpec[];
};

const scope = ['namespace', 'allNamespaces', 'selector', 'filename'] as const;
const choice = ['allowUnverified', 'pullPolicy'] as const;
const change = ['dryRun', 'yes', 'acceptLoss', 'timeout', 'keep'] as const;
const output = ['output', 'quiet'] as const;

const objects = {
  syntax: '[kind/name...]',
  words: (m: Catalog): string => m.help.arguments.objects,
} as const;

/** Every command at a glance: its argument, its flags and the module that runs it. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'fix',
    words: (m) => m.help.commands.fix,
    examples: (m) => m.help.commands.fix.examples,
    argument: objects,
    flags: [...scope, ...choice, ...change, ...output],
    load: async () => (await import('./commands/fix.ts')).runFix,
  },
  {
    name: 'diagnose',
    words: (m) => m.help.commands.diagnose,
    examples: (m) => m.help.commands.diagnose.examples,
    argument: objects,
    flags: [...scope, 'out', ...output],
    formats: ['markdown', 'html'],
    load: async () => (await import('./commands/diagnose.ts')).runDiagnose,
  },
  {
    name: 'explain',
    words: (m) => m.help.commands.explain,
    examples: (m) => m.help.commands.explain.examples,
    argument: { syntax: '[message...]', words: (m) => m.help.arguments.message },
    flags: ['input', ...output],
    formats: ['jsonl'],
    load: async () => (await import('./commands/explain.ts')).runExplain,
  },
  {
    name: 'plan',
    words: (m) => m.help.commands.plan,
    examples: (m) => m.help.commands.plan.examples,
    argument: objects,
    flags: [...scope, ...choice, 'out', ...output],
    load: async () => (await import('./commands/plan.ts')).runPlan,
  },
  {
    name: 'apply',
    words: (m) => m.help.commands.apply,
    examples: (m) => m.help.commands.apply.examples,
    argument: { syntax: '<plan>', words: (m) => m.help.arguments.plan },
    flags: [...change, ...output],
    load: async () => (await import('./commands/apply.ts')).runApply,
  },
  {
    name: 'undo',
    words: (m) => m.help.commands.undo,
    examples: (m) => m.help.commands.undo.examples,
    argument: { syntax: '[run]', words: (m) => m.help.arguments.run },
    flags: ['namespace', 'allNamespaces', 'list', 'dryRun', 'yes', ...output],
    load: async () => (await import('./commands/undo.ts')).runUndo,
  },
  {
    name: 'find',
    words: (m) => m.help.commands.find,
    examples: (m) => m.help.commands.find.examples,
    argument: { syntax: '<image>', words: (m) => m.help.arguments.image },
    flags: ['platform', ...output],
    load: async () => (await import('./commands/find.ts')).runFind,
  },
  {
    name: 'images',
    words: (m) => m.help.commands.images,
    examples: (m) => m.help.commands.images.examples,
    argument: { syntax: '<path...>', words: (m) => m.help.arguments.manifests },
    flags: ['explain', ...output],
    formats: ['list'],
    load: async () => (await import('./commands/images.ts')).runImages,
  },
  {
    name: 'mirrors',
    words: (m) => m.help.commands.mirrors,
    examples: (m) => m.help.commands.mirrors.examples,
    flags: [],
    parts: [
      {
        name: 'list',
        words: (m) => ({ summary: m.help.commands.mirrors.list, about: m.help.commands.mirrors.list }),
        flags: [...output],
        load: async () => (await import('./commands/mirrors.ts')).runMirrorsList,
      },
      {
        name: 'check',
        words: (m) => ({ summary: m.help.commands.mirrors.check, about: m.help.commands.mirrors.check }),
        argument: { syntax: '[name...]', words: (m) => m.help.arguments.mirrors },
        flags: [...output],
        load: async () => (await import('./commands/mirrors.ts')).runMirrorsCheck,
      },
    ],
  },
  {
    name: 'copy',
    words: (m) => m.help.commands.copy,
    examples: (m) => m.help.commands.copy.examples,
    argument: { syntax: '<image...>', words: (m) => m.help.arguments.copies },
    flags: ['platform', 'plainHttp', 'dryRun', ...output],
    load: async () => (await import('./commands/copy.ts')).runCopy,
  },
  {
    name: 'sync',
    words: (m) => m.help.commands.sync,
    examples: (m) => m.help.commands.sync.examples,
    argument: { syntax: '<file>', words: (m) => m.help.arguments.imageList },
    flags: ['to', 'platform', 'plainHttp', 'dryRun', ...output],
    load: async () => (await import('./commands/copy.ts')).runSync,
  },
  {
    name: 'version',
    words: (m) => m.help.commands.version,
    examples: (m) => m.help.commands.version.examples,
    flags: ['output'],
    load: async () => (await import('./commands/version.ts')).runVersion,
  },
];
