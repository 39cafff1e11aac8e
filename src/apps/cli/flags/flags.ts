import type { Catalog } from '../words/index.ts';
import type { Lang } from '../../../core/base/index.ts';
import type { Selection } from '../../../core/model/index.ts';
import type { GenerateFormat, RuntimeKind } from '../../../core/node-config/index.ts';

export const outputFormats = ['table', 'json', 'yaml'] as const;
/** Formats that only some commands have. */
export type ExtraFormat = 'jsonl' | 'list' | 'markdown' | 'html';
export type OutputFormat = (typeof outputFormats)[number] | ExtraFormat;

/** As kubectl has them; both change nothing. */
export const dryRuns = ['server', 'client', 'none'] as const;
export type DryRun = (typeof dryRuns)[number];

export const pullPolicies = ['IfNotPresent', 'Always'] as const;

/** What can be given on a command line, after parsing; each command takes some of it. */
export type Flags = {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Another user, and groups of his, to act as. */
  readonly as?: string;
  readonly asGroup?: readonly string[];
  /** Seconds. */
  readonly requestTimeout?: number;
  readonly config?: string;
  readonly lang?: Lang;
  /** `false` for `--no-color`. */
  readonly color?: boolean;
  readonly debug?: boolean;
  readonly quiet?: boolean;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly filename?: readonly string[];
  readonly output?: OutputFormat;
  readonly out?: string;
  readonly input?: string;
  /** A snapshot's file to read instead of a cluster. */
  readonly snapshot?: string;
  readonly hashNames?: boolean;
  readonly predict?: boolean;
  /** Seconds between two looks. */
  readonly every?: number;
  readonly explain?: string;
  /** `server`: the API server checks every change of a cluster; `client`: only the plan is made. */
  readonly dryRun?: DryRun;
  readonly yes?: boolean;
  readonly acceptLoss?: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
  readonly keep?: boolean;
  readonly allowUnverified?: boolean;
  /** What a plan is about. */
  readonly only?: readonly Selection[];
  readonly maxChanges?: number;
  readonly releaseChart?: string;
  /** Settings of nodes may be changed. */
  readonly allowNodeChanges?: boolean;
  /** Checkouts of what delivery tools apply. */
  readonly source?: readonly string[];
  readonly patch?: string;
  readonly knownDigests?: string;
  readonly digests?: boolean;
  readonly pullPolicy?: (typeof pullPolicies)[number];
  readonly list?: boolean;
  readonly platform?: readonly string[];
  readonly to?: string;
  readonly plainHttp?: readonly string[];
  readonly chart?: string;
  readonly values?: readonly string[];
  readonly kubeVersion?: string;
  readonly set?: readonly string[];
  readonly chartVersion?: string;
  readonly chartRepo?: string;
  readonly skipSchemaValidation?: boolean;
  readonly vendor?: string;
  readonly helmPlugin?: string;
  readonly kustomize?: string;
  readonly enableHelm?: boolean;
  readonly release?: string;
  readonly fromCluster?: boolean;
  readonly node?: string;
  /** Registries of images that nodes are told mirrors for. */
  readonly registry?: readonly string[];
  readonly pauseImage?: string;
  /** Images to look up from nodes. */
  readonly image?: readonly string[];
  readonly format?: GenerateFormat;
  readonly runtime?: RuntimeKind;
  readonly at?: string;
  /** Write what was found into the configuration. */
  readonly add?: boolean;
  /** Look at the runtimes of nodes too. */
  readonly nodes?: boolean;
  readonly nodeAccess?: 'local' | 'pod' | 'ssh';
  readonly sshUser?: string;
  readonly missing?: boolean;
  readonly keepLast?: number;
  /** Pattern of names that a Harbor copies itself. */
  readonly replicate?: string;
  /** File for the login of a robot. */
  readonly robot?: string;
  /** Mirrors that give whatever their registries have. */
  readonly whole?: readonly string[];
  readonly excludeNamespace?: readonly string[];
  readonly remove?: boolean;
  /** What a role is for. */
  readonly for?: readonly string[];
  readonly plan?: string;
  /** Who gets a role, as the API server calls him. */
  readonly subject?: string;
  readonly via?: string;
  readonly repo?: string;
  readonly create?: boolean;
  readonly wait?: boolean;
  readonly event?: string;
  readonly allow?: string;
  readonly quota?: number;
  /** The platforms of the cluster's nodes. */
  readonly clusterNodes?: boolean;
  readonly installerVersion?: string;
  readonly setRegistry?: boolean;
  readonly zone?: 'cn';
  readonly referrers?: boolean;
  readonly fromFile?: string;
  readonly have?: string;
  /** Bytes. */
  readonly volumeSize?: number;
  /** Follow links out of the folder that is read. */
  readonly followLinks?: boolean;
  readonly inPlace?: boolean;
  readonly diff?: boolean;
  readonly check?: boolean;
  /** `true` for `--probe` of diagnose, `false` for `--no-probe` of rewrite. */
  readonly probe?: boolean;
  readonly toOrigin?: boolean;
  readonly lock?: boolean;
  /** Globs of files in folders. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly indirect?: boolean;
  /** Only a second way to write `indirect`; never set. */
  readonly noIndirect?: undefined;
};

/** `withProbe` sets `probe`, as its opposite does in another command. */
export type FlagName = (keyof Flags | 'withProbe') & keyof Catalog['help']['flags'];

/** How each flag is written; the words come from the catalogue, the name from the key. */
export const flagSyntax: Readonly<Record<FlagName, string>> = {
  kubeconfig: '--kubeconfig <file>',
  context: '--context <name>',
  as: '--as <user>',
  asGroup: '--as-group <group>',
  requestTimeout: '--request-timeout <duration>',
  config: '--config <file>',
  lang: '--lang <language>',
  color: '--no-color',
  debug: '--debug',
  quiet: '-q, --quiet',
  namespace: '-n, --namespace <name>',
  allNamespaces: '-A, --all-namespaces',
  selector: '-l, --selector <labels>',
  filename: '-f, --filename <file...>',
  output: '-o, --output <format>',
  out: '--out <file>',
  input: '--input <file>',
  snapshot: '--snapshot <file>',
  hashNames: '--hash-names',
  withProbe: '--probe',
  predict: '--predict',
  every: '--every <duration>',
  explain: '--explain <text>',
  dryRun: '--dry-run [mode]',
  yes: '-y, --yes',
  acceptLoss: '--accept-loss <object>',
  timeout: '--timeout <duration>',
  keep: '--keep',
  allowUnverified: '--allow-unverified',
  only: '--only <what>',
  maxChanges: '--max-changes <number>',
  releaseChart: '--release-chart <chart>',
  allowNodeChanges: '--allow-node-changes',
  source: '--source <folder>',
  patch: '--patch <file>',
  knownDigests: '--known-digests <file>',
  digests: '--digests',
  pullPolicy: '--pull-policy <policy>',
  list: '--list',
  platform: '--platform <platform>',
  to: '--to <mirror>',
  plainHttp: '--plain-http <host>',
  chart: '--chart <path>',
  values: '--values <file...>',
  set: '--set <path=value>',
  chartVersion: '--chart-version <version>',
  chartRepo: '--chart-repo <url>',
  skipSchemaValidation: '--skip-schema-validation',
  kubeVersion: '--kube-version <version>',
  vendor: '--vendor <folder>',
  helmPlugin: '--helm-plugin <folder>',
  kustomize: '--kustomize <folder>',
  enableHelm: '--enable-helm',
  release: '--release <name>',
  fromCluster: '--from-cluster',
  node: '--node <name>',
  registry: '--registry <host>',
  pauseImage: '--pause-image <image>',
  image: '--image <image>',
  format: '--format <format>',
  runtime: '--runtime <name>',
  at: '--at <place>',
  add: '--add',
  nodes: '--nodes',
  nodeAccess: '--node-access <way>',
  sshUser: '--ssh-user <name>',
  missing: '--missing',
  keepLast: '--keep-last <number>',
  replicate: '--replicate <pattern>',
  robot: '--robot <file>',
  whole: '--whole <mirror>',
  excludeNamespace: '--exclude-namespace <name>',
  remove: '--remove',
  for: '--for <use>',
  plan: '--plan <file>',
  subject: '--subject <name>',
  via: '--via <service>',
  repo: '--repo <owner/name>',
  create: '--create',
  wait: '--wait',
  event: '--event <file>',
  allow: '--allow <file>',
  quota: '--quota <number>',
  clusterNodes: '--cluster-nodes',
  installerVersion: '--installer-version <version>',
  setRegistry: '--set-registry',
  zone: '--zone <zone>',
  referrers: '--referrers',
  fromFile: '--from-file <list>',
  have: '--have <file>',
  volumeSize: '--volume-size <size>',
  followLinks: '--follow-links',
  inPlace: '--in-place',
  diff: '--diff',
  check: '--check',
  probe: '--no-probe',
  toOrigin: '--to-origin',
  lock: '--lock',
  include: '--include <glob>',
  exclude: '--exclude <glob>',
  indirect: '--indirect',
  noIndirect: '--no-indirect',
};

/** Flags that every command takes. */
export const globalFlags = [
  'kubeconfig',
  'context',
  'as',
  'asGroup',
  'requestTimeout',
  'config',
  'lang',
  'color',
  'debug',
] as const satisfies readonly FlagName[];
