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

/** `node ps`: what runs on nodes. */
const ps: CommandSpec = {
  name: 'ps',
  words: ({ help }) => ({ summary: help.commands.node.ps, about: help.commands.node.psAbout }),
  argument: nodes,
  flags: [...entered, 'output', 'quiet'],
  examples: ({ help }) => help.partExamples.nodePs,
  load: async () => (await import('./node-ps.ts')).runNodePs,
};

/** `node load`: images that this machine can read. */
const load: CommandSpec = {
  name: 'load',
  words: ({ help }) => ({ summary: help.commands.node.load, about: help.commands.node.loadAbout }),
  argument: { syntax: '<image>', words: (m) => m.help.arguments.loaded },
  more: nodes,
  flags: [...entered, 'dryRun', 'yes', 'output', 'quiet'],
  here: (words) => ({ dryRun: words.loadDryRun }),
  examples: ({ help }) => help.partExamples.nodeLoad,
  load: async () => (await import('./node-load.ts')).runNodeLoad,
};

/** `node pull`: an image that nodes reach themselves. */
const pull: CommandSpec = {
  name: 'pull',
  words: ({ help }) => ({ summary: help.commands.node.pull, about: help.commands.node.pullAbout }),
  argument: { syntax: '<image>', words: (m) => m.help.arguments.pulled },
  more: nodes,
  flags: [...entered, 'dryRun', 'yes', 'output', 'quiet'],
  here: (words) => ({ dryRun: words.pullDryRun }),
  examples: ({ help }) => help.partExamples.nodePull,
  load: async () => (await import('./node-names.ts')).runNodePull,
};

/** `node alias`: a copy under the name that pods ask for. */
const alias: CommandSpec = {
  name: 'alias',
  words: ({ help }) => ({ summary: help.commands.node.alias, about: help.commands.node.aliasAbout }),
  argument: { syntax: '<copy>', words: (m) => m.help.arguments.aliased },
  more: { syntax: '<name>', words: (m) => m.help.arguments.alias },
  rest: nodes,
  flags: [...entered, 'dryRun', 'yes', 'output', 'quiet'],
  here: (words) => ({ dryRun: words.pullDryRun }),
  examples: ({ help }) => help.partExamples.nodeAlias,
  load: async () => (await import('./node-names.ts')).runNodeAlias,
};

/** `node rm`: names that runs gave. */
const rm: CommandSpec = {
  name: 'rm',
  words: ({ help }) => ({ summary: help.commands.node.rm, about: help.commands.node.rmAbout }),
  argument: { syntax: '<name>', words: (m) => m.help.arguments.removed },
  more: nodes,
  flags: [...entered, 'dryRun', 'yes', 'output', 'quiet'],
  here: (words) => ({ dryRun: words.rmDryRun }),
  examples: ({ help }) => help.partExamples.nodeRm,
  load: async () => (await import('./node-rm.ts')).runNodeRm,
};

/** `node …`: what works on nodes themselves. */
export const nodeCommand: CommandSpec = {
  name: 'node',
  words: ({ help }) => help.commands.node,
  examples: ({ help }) => help.commands.node.examples,
  flags: [],
  parts: [images, ps, load, pull, alias, rm, config],
};
