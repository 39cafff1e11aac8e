import type { CommandSpec } from '../command-spec.ts';

const output = ['output', 'quiet'] as const;

/** `mirrors` and its parts. */
export const mirrorCommand: CommandSpec = {
  name: 'mirrors',
  words: (m) => m.help.commands.mirrors,
  examples: (m) => m.help.commands.mirrors.examples,
  flags: [],
  parts: [
    {
      name: 'list',
      words: (m) => ({ summary: m.help.commands.mirrors.list, about: m.help.commands.mirrors.list }),
      flags: [...output],
      examples: (m) => m.help.partExamples.mirrorsList,
      load: async () => (await import('./mirrors.ts')).runMirrorsList,
    },
    {
      name: 'check',
      words: (m) => ({ summary: m.help.commands.mirrors.check, about: m.help.commands.mirrors.check }),
      argument: { syntax: '[name...]', words: (m) => m.help.arguments.mirrors },
      flags: [...output],
      examples: (m) => m.help.partExamples.mirrorsCheck,
      load: async () => (await import('./mirrors.ts')).runMirrorsCheck,
    },
    {
      name: 'discover',
      words: (m) => ({
        summary: m.help.commands.mirrors.discover,
        about: m.help.commands.mirrors.discoverAbout,
      }),
      flags: [
        'namespace',
        'filename',
        'nodes',
        'nodeAccess',
        'sshUser',
        'probe',
        'out',
        'add',
        'yes',
        ...output,
      ],
      here: (words) => ({
        filename: words.configurationFiles,
        probe: words.unprobed,
        out: words.draftOut,
        yes: words.makeYes,
      }),
      examples: (m) => m.help.partExamples.mirrorsDiscover,
      load: async () => (await import('./mirrors-discover.ts')).runMirrorsDiscover,
    },
    {
      name: 'add',
      words: (m) => ({ summary: m.help.commands.mirrors.add, about: m.help.commands.mirrors.addAbout }),
      argument: { syntax: '[preset]', words: (m) => m.help.arguments.preset },
      flags: ['at', 'dryRun', ...output],
      here: (words) => ({ dryRun: words.writeDryRun }),
      examples: (m) => m.help.partExamples.mirrorsAdd,
      load: async () => (await import('./mirrors-add.ts')).runMirrorsAdd,
    },
    {
      name: 'setup',
      words: (m) => ({ summary: m.help.commands.mirrors.setup, about: m.help.commands.mirrors.setupAbout }),
      argument: { syntax: '[name...]', words: (m) => m.help.arguments.mirrors },
      flags: ['robot', 'keepLast', 'replicate', 'dryRun', 'yes', ...output],
      here: (words) => ({ dryRun: words.harborDryRun, yes: words.makeYes }),
      examples: (m) => m.help.partExamples.mirrorsSetup,
      load: async () => (await import('./mirrors-setup.ts')).runMirrorsSetup,
    },
    {
      name: 'explain',
      words: (m) => ({
        summary: m.help.commands.mirrors.explain,
        about: m.help.commands.mirrors.explainAbout,
      }),
      argument: { syntax: '<image...>', words: (m) => m.help.arguments.images },
      flags: [...output],
      examples: (m) => m.help.partExamples.mirrorsExplain,
      load: async () => (await import('./mirrors-explain.ts')).runMirrorsExplain,
    },
  ],
};
