import type { CommandSpec } from '../command-spec.ts';
import type { Catalog } from '../words/index.ts';

const nodes = { syntax: '[node...]', words: (m: Catalog): string => m.help.arguments.nodes } as const;
/** How nodes are entered. */
const entered = ['nodeAccess', 'sshUser'] as const;
const module = async () => await import('./node-config.ts');

/** `node config …` at a glance. */
const config: CommandSpec = {
  name: 'config',
  words: ({ help }) => ({ summary: help.commands.node.config, about: help.commands.node.configAbout }),
  flags: [],
  parts: [
    {
      name: 'show',
      words: ({ help }) => ({ summary: help.commands.node.show, about: help.commands.node.show }),
      argument: nodes,
      flags: [...entered, 'registry', 'output', 'quiet'],
      examples: ({ help }) => help.partExamples.configShow,
      load: async () => (await module()).runConfigShow,
    },
    {
      name: 'plan',
      words: ({ help }) => ({ summary: help.commands.node.plan, about: help.commands.node.plan }),
      argument: nodes,
      flags: [...entered, 'registry', 'pauseImage', 'out', 'output', 'quiet'],
      here: (words) => ({ out: words.planOut }),
      examples: ({ help }) => help.partExamples.configPlan,
      load: async () => (await module()).runConfigPlan,
    },
    {
      name: 'apply',
      words: ({ help }) => ({ summary: help.commands.node.apply, about: help.commands.node.applyAbout }),
      argument: nodes,
      flags: [...entered, 'registry', 'pauseImage', 'dryRun', 'yes', 'acceptLoss', 'output', 'quiet'],
      here: (words) => ({ dryRun: words.writeDryRun }),
      examples: ({ help }) => help.partExamples.configApply,
      load: async () => (await module()).runConfigApply,
    },
    {
      name: 'check',
      words: ({ help }) => ({ summary: help.commands.node.check, about: help.commands.node.check }),
      argument: nodes,
      flags: [...entered, 'registry', 'image', 'output', 'quiet'],
      examples: ({ help }) => help.partExamples.configCheck,
      load: async () => (await module()).runConfigCheck,
    },
    {
      name: 'restore',
      words: ({ help }) => ({ summary: help.commands.node.restore, about: help.commands.node.restore }),
      argument: nodes,
      flags: [...entered, 'dryRun', 'yes', 'output', 'quiet'],
      here: (words) => ({ dryRun: words.undoDryRun, yes: words.undoYes }),
      examples: ({ help }) => help.partExamples.configRestore,
      load: async () => (await module()).runConfigRestore,
    },
    {
      name: 'generate',
      words: ({ help }) => ({ summary: help.commands.node.generate, about: help.commands.node.generate }),
      flags: ['registry', 'format', 'runtime', 'out'],
      here: (words) => ({ out: words.generateOut }),
      examples: ({ help }) => help.partExamples.configGenerate,
      load: async () => (await module()).runConfigGenerate,
    },
  ],
};

/** `node images`: what nodes have. */
const images: CommandSpec = {
  name: 'images',
  words: ({ help }) => ({ summary: help.commands.node.images, about: help.commands.node.imagesAbout }),
  argument: nodes,
  flags: [...entered, 'missing', 'output', 'quiet'],
  examples: ({ help }) => help.partExamples.nodeImages,
  load: async () => (await import('./node-images.ts')).runNodeImages,
};

/** `node load`: images that this machine can read. */
const load: CommandSpec = {
  name: 'load',
  words: ({ help }) => ({ summary: help.commands.node.load, about: help.commands.node.loadAbout }),
  argument: { syntax: '<image>', words: (m) => m.help.arguments.loaded },
  more: nodes,
  flags: ['dryRun', 'yes', 'output', 'quiet'],
  here: (words) => ({ dryRun: words.loadDryRun }),
  examples: ({ help }) => help.partExamples.nodeLoad,
  load: async () => (await import('./node-load.ts')).runNodeLoad,
};

/** `node …`: what works on nodes themselves. */
export const nodeCommand: CommandSpec = {
  name: 'node',
  words: ({ help }) => help.commands.node,
  examples: ({ help }) => help.commands.node.examples,
  flags: [],
  parts: [images, load, config],
};
