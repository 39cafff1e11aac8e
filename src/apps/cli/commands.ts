import type { ExitCode } from '../../core/base/index.ts';
import type { Catalog } from './words/index.ts';
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
  /** What flags mean here, where that is not what they mean everywhere. */
  readonly here?: (words: Catalog['help']['here']) => Readonly<Partial<Record<FlagName, string>>>;
  /** Formats of `-o` besides table, json and yaml. */
  readonly formats?: readonly ExtraFormat[];
  /** Loaded when the command is run, so that help and version stay quick. */
  readonly load?: () => Promise<RunCommand>;
  /** Commands below this one. */
  readonly parts?: readonly CommandSpec[];
};

const scope = ['namespace', 'allNamespaces', 'selector', 'filename', 'followLinks'] as const;
const choice = ['allowUnverified', 'pullPolicy'] as const;
const change = ['dryRun', 'yes', 'acceptLoss', 'timeout', 'keep'] as const;
const chart = [
  'chart',
  'values',
  'set',
  'chartVersion',
  'chartRepo',
  'kubeVersion',
  'skipSchemaValidation',
] as const;
const imageSources = [
  'filename',
  ...chart,
  'kustomize',
  'enableHelm',
  'release',
  'fromCluster',
  'node',
  'followLinks',
] as const;
const choiceOfFiles = ['include', 'exclude'] as const;
const renaming = ['probe', 'toOrigin', 'lock', 'indirect', 'noIndirect'] as const;
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
    here: (words) => ({ dryRun: words.clusterDryRun }),
    load: async () => (await import('./commands/fix.ts')).runFix,
  },
  {
    name: 'diagnose',
    words: (m) => m.help.commands.diagnose,
    examples: (m) => m.help.commands.diagnose.examples,
    argument: objects,
    flags: [...scope, 'snapshot', 'withProbe', 'predict', 'out', ...output],
    formats: ['markdown', 'html'],
    here: (words) => ({ out: words.reportOut }),
    load: async () => (await import('./commands/diagnose.ts')).runDiagnose,
  },
  {
    name: 'watch',
    words: (m) => m.help.commands.watch,
    examples: (m) => m.help.commands.watch.examples,
    argument: objects,
    flags: ['namespace', 'allNamespaces', 'selector', 'every', 'output'],
    load: async () => (await import('./commands/watch.ts')).runWatch,
  },
  {
    name: 'snapshot',
    words: (m) => m.help.commands.snapshot,
    examples: (m) => m.help.commands.snapshot.examples,
    flags: ['namespace', 'allNamespaces', 'out', 'hashNames'],
    here: (words) => ({ out: words.snapshotOut }),
    load: async () => (await import('./commands/snapshot.ts')).runSnapshot,
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
    here: (words) => ({ out: words.planOut }),
    load: async () => (await import('./commands/plan.ts')).runPlan,
  },
  {
    name: 'apply',
    words: (m) => m.help.commands.apply,
    examples: (m) => m.help.commands.apply.examples,
    argument: { syntax: '<plan>', words: (m) => m.help.arguments.plan },
    flags: ['allowUnverified', ...change, ...output],
    here: (words) => ({ dryRun: words.clusterDryRun }),
    load: async () => (await import('./commands/apply.ts')).runApply,
  },
  {
    name: 'undo',
    words: (m) => m.help.commands.undo,
    examples: (m) => m.help.commands.undo.examples,
    argument: { syntax: '[run]', words: (m) => m.help.arguments.run },
    flags: ['namespace', 'allNamespaces', 'list', 'dryRun', 'yes', ...output],
    here: (words) => ({ dryRun: words.undoDryRun, yes: words.undoYes }),
    load: async () => (await import('./commands/undo.ts')).runUndo,
  },
  {
    name: 'find',
    words: (m) => m.help.commands.find,
    examples: (m) => m.help.commands.find.examples,
    argument: { syntax: '<image>', words: (m) => m.help.arguments.image },
    flags: ['platform', ...output],
    here: (words) => ({ platform: words.findPlatform }),
    load: async () => (await import('./commands/find.ts')).runFind,
  },
  {
    name: 'images',
    words: (m) => m.help.commands.images,
    examples: (m) => m.help.commands.images.examples,
    argument: { syntax: '[path...]', words: (m) => m.help.arguments.manifests },
    flags: [
      ...imageSources,
      ...choiceOfFiles,
      'namespace',
      'allNamespaces',
      'selector',
      'explain',
      ...output,
    ],
    formats: ['list'],
    here: (words) => ({ filename: words.sourceFiles, namespace: words.imagesNamespace }),
    load: async () => (await import('./commands/images.ts')).runImages,
  },
  {
    name: 'preflight',
    words: (m) => m.help.commands.preflight,
    examples: (m) => m.help.commands.preflight.examples,
    argument: { syntax: '[path|image...]', words: (m) => m.help.arguments.preflight },
    flags: [
      'filename',
      ...chart,
      'kustomize',
      'enableHelm',
      'namespace',
      'platform',
      'clusterNodes',
      'installerVersion',
      'zone',
      'followLinks',
      'probe',
      ...choiceOfFiles,
      ...output,
    ],
    here: (words) => ({ filename: words.sourceFiles, platform: words.nodePlatform, probe: words.unprobed }),
    load: async () => (await import('./commands/preflight.ts')).runPreflight,
  },
  {
    name: 'rewrite',
    words: (m) => m.help.commands.rewrite,
    examples: (m) => m.help.commands.rewrite.examples,
    argument: { syntax: '[path...]', words: (m) => m.help.arguments.manifests },
    flags: [
      ...([
        'inPlace',
        'out',
        'diff',
        'check',
        'setRegistry',
        'filename',
        'kustomize',
        'enableHelm',
        ...chart,
        'namespace',
        'vendor',
        'followLinks',
      ] as const),
      ...choiceOfFiles,
      ...renaming,
      ...choice,
      ...output,
    ],
    here: (words) => ({ filename: words.sourceFiles, out: words.rewriteOut }),
    load: async () => (await import('./commands/rewrite.ts')).runRewrite,
  },
  {
    name: 'post-render',
    words: (m) => m.help.commands.postRender,
    examples: (m) => m.help.commands.postRender.examples,
    flags: ['helmPlugin'],
    load: async () => (await import('./commands/post-render.ts')).runPostRender,
  },
  {
    name: 'init',
    words: (m) => m.help.commands.init,
    examples: (m) => m.help.commands.init.examples,
    flags: [],
    load: async () => (await import('./commands/init.ts')).runInit,
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
        examples: (m) => m.help.partExamples.mirrorsList,
        load: async () => (await import('./commands/mirrors.ts')).runMirrorsList,
      },
      {
        name: 'check',
        words: (m) => ({ summary: m.help.commands.mirrors.check, about: m.help.commands.mirrors.check }),
        argument: { syntax: '[name...]', words: (m) => m.help.arguments.mirrors },
        flags: [...output],
        examples: (m) => m.help.partExamples.mirrorsCheck,
        load: async () => (await import('./commands/mirrors.ts')).runMirrorsCheck,
      },
      {
        name: 'discover',
        words: (m) => ({
          summary: m.help.commands.mirrors.discover,
          about: m.help.commands.mirrors.discoverAbout,
        }),
        flags: ['namespace', 'filename', 'nodes', 'probe', 'out', 'add', 'yes', ...output],
        here: (words) => ({
          filename: words.configurationFiles,
          probe: words.unprobed,
          out: words.draftOut,
          yes: words.makeYes,
        }),
        examples: (m) => m.help.partExamples.mirrorsDiscover,
        load: async () => (await import('./commands/mirrors-discover.ts')).runMirrorsDiscover,
      },
      {
        name: 'add',
        words: (m) => ({ summary: m.help.commands.mirrors.add, about: m.help.commands.mirrors.addAbout }),
        argument: { syntax: '[preset]', words: (m) => m.help.arguments.preset },
        flags: ['at', 'dryRun', ...output],
        here: (words) => ({ dryRun: words.writeDryRun }),
        examples: (m) => m.help.partExamples.mirrorsAdd,
        load: async () => (await import('./commands/mirrors-add.ts')).runMirrorsAdd,
      },
      {
        name: 'setup',
        words: (m) => ({ summary: m.help.commands.mirrors.setup, about: m.help.commands.mirrors.setupAbout }),
        argument: { syntax: '[name...]', words: (m) => m.help.arguments.mirrors },
        flags: ['robot', 'keepLast', 'replicate', 'dryRun', 'yes', ...output],
        here: (words) => ({ dryRun: words.harborDryRun, yes: words.makeYes }),
        examples: (m) => m.help.partExamples.mirrorsSetup,
        load: async () => (await import('./commands/mirrors-setup.ts')).runMirrorsSetup,
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
        load: async () => (await import('./commands/mirrors-explain.ts')).runMirrorsExplain,
      },
    ],
  },
  {
    name: 'copy',
    words: (m) => m.help.commands.copy,
    examples: (m) => m.help.commands.copy.examples,
    argument: { syntax: '<image...>', words: (m) => m.help.arguments.copies },
    flags: ['platform', 'referrers', 'plainHttp', 'dryRun', ...output],
    here: (words) => ({ platform: words.copyPlatform, dryRun: words.copyDryRun }),
    load: async () => (await import('./commands/copy.ts')).runCopy,
  },
  {
    name: 'sync',
    words: (m) => m.help.commands.sync,
    examples: (m) => m.help.commands.sync.examples,
    argument: { syntax: '<file>', words: (m) => m.help.arguments.imageList },
    flags: ['to', 'platform', 'referrers', 'plainHttp', 'dryRun', ...output],
    here: (words) => ({ platform: words.copyPlatform, dryRun: words.copyDryRun }),
    load: async () => (await import('./commands/copy.ts')).runSync,
  },
  {
    name: 'request',
    words: (m) => m.help.commands.request,
    examples: (m) => m.help.commands.request.examples,
    argument: { syntax: '<image>', words: (m) => m.help.arguments.image },
    flags: ['via', 'repo', 'create', 'wait', 'timeout', 'allowUnverified', 'yes', ...output],
    here: (words) => ({
      timeout: words.waitTimeout,
      yes: words.sendYes,
      allowUnverified: words.waitUnverified,
    }),
    load: async () => (await import('./commands/request.ts')).runRequest,
  },
  {
    name: 'requests',
    words: (m) => m.help.commands.requests,
    examples: (m) => m.help.commands.requests.examples,
    flags: [],
    parts: [
      {
        name: 'list',
        words: (m) => ({ summary: m.help.commands.requests.list, about: m.help.commands.requests.list }),
        flags: [...output],
        examples: (m) => m.help.partExamples.requestsList,
        load: async () => (await import('./commands/requests.ts')).runRequestsList,
      },
      {
        name: 'answer',
        words: (m) => ({
          summary: m.help.commands.requests.answer,
          about: m.help.commands.requests.answerAbout,
        }),
        flags: ['to', 'event', 'allow', 'quota', 'platform', 'plainHttp', ...output],
        here: (words) => ({ platform: words.copyPlatform }),
        examples: (m) => m.help.partExamples.requestsAnswer,
        load: async () => (await import('./commands/requests.ts')).runRequestsAnswer,
      },
      {
        name: 'refresh',
        words: (m) => ({
          summary: m.help.commands.requests.refresh,
          about: m.help.commands.requests.refreshAbout,
        }),
        flags: ['to', 'platform', 'plainHttp', 'dryRun', ...output],
        here: (words) => ({ platform: words.copyPlatform, dryRun: words.copyDryRun }),
        examples: (m) => m.help.partExamples.requestsRefresh,
        load: async () => (await import('./commands/requests.ts')).runRequestsRefresh,
      },
    ],
  },
  {
    name: 'bundle',
    words: (m) => m.help.commands.bundle,
    examples: (m) => m.help.commands.bundle.examples,
    flags: [],
    parts: [
      {
        name: 'create',
        words: (m) => ({ summary: m.help.commands.bundle.create, about: m.help.commands.bundle.create }),
        argument: { syntax: '[image...]', words: (m) => m.help.arguments.bundled },
        flags: [
          'fromFile',
          'filename',
          'out',
          'volumeSize',
          'platform',
          'referrers',
          'have',
          'plainHttp',
          ...output,
        ],
        here: (words) => ({
          platform: words.copyPlatform,
          filename: words.bundleFiles,
          out: words.bundleOut,
        }),
        examples: (m) => m.help.partExamples.bundleCreate,
        load: async () => (await import('./commands/bundle.ts')).runBundleCreate,
      },
      {
        name: 'load',
        words: (m) => ({ summary: m.help.commands.bundle.load, about: m.help.commands.bundle.load }),
        argument: { syntax: '<bundle>', words: (m) => m.help.arguments.bundle },
        flags: ['to', 'plainHttp', 'dryRun', ...output],
        here: (words) => ({ to: words.bundleTo, dryRun: words.copyDryRun }),
        examples: (m) => m.help.partExamples.bundleLoad,
        load: async () => (await import('./commands/bundle.ts')).runBundleLoad,
      },
      {
        name: 'verify',
        words: (m) => ({ summary: m.help.commands.bundle.verify, about: m.help.commands.bundle.verify }),
        argument: { syntax: '<bundle>', words: (m) => m.help.arguments.bundle },
        flags: [...output],
        examples: (m) => m.help.partExamples.bundleVerify,
        load: async () => (await import('./commands/bundle.ts')).runBundleVerify,
      },
      {
        name: 'diff',
        words: (m) => ({ summary: m.help.commands.bundle.diff, about: m.help.commands.bundle.diff }),
        argument: { syntax: '<bundle...>', words: (m) => m.help.arguments.bundles },
        flags: ['have', ...output],
        examples: (m) => m.help.partExamples.bundleDiff,
        load: async () => (await import('./commands/bundle.ts')).runBundleDiff,
      },
    ],
  },
  {
    name: 'version',
    words: (m) => m.help.commands.version,
    examples: (m) => m.help.commands.version.examples,
    flags: ['output'],
    load: async () => (await import('./commands/version.ts')).runVersion,
  },
];
