import type { Catalog } from '../../../core/i18n/index.ts';
import type { Lang } from '../../../core/base/index.ts';

export const outputFormats = ['table', 'json', 'yaml'] as const;
/** Formats that only some commands have. */
export type ExtraFormat = 'jsonl' | 'list' | 'markdown' | 'html';
export type OutputFormat = (typeof outputFormats)[number] | ExtraFormat;

export const pullPolicies = ['IfNotPresent', 'Always'] as const;

/** What can be given on a command line, after parsing; each command takes some of it. */
export type Flags = {
  readonly kubeconfig?: string;
  readonly context?: string;
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
  readonly explain?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly acceptLoss?: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
  readonly keep?: boolean;
  readonly allowUnverified?: boolean;
  readonly pullPolicy?: (typeof pullPolicies)[number];
  readonly list?: boolean;
  readonly platform?: readonly string[];
  readonly to?: string;
  readonly plainHttp?: readonly string[];
};

export type FlagName = keyof Flags & keyof Catalog['help']['flags'];

/** How each flag is written; the words come from the catalogue, the name from the key. */
export const flagSyntax: Readonly<Record<FlagName, string>> = {
  kubeconfig: '--kubeconfig <file>',
  context: '--context <name>',
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
  explain: '--explain <text>',
  dryRun: '--dry-run',
  yes: '-y, --yes',
  acceptLoss: '--accept-loss <object>',
  timeout: '--timeout <duration>',
  keep: '--keep',
  allowUnverified: '--allow-unverified',
  pullPolicy: '--pull-policy <policy>',
  list: '--list',
  platform: '--platform <platform>',
  to: '--to <mirror>',
  plainHttp: '--plain-http <host>',
};

/** Flags that every command takes. */
export const globalFlags = [
  'kubeconfig',
  'context',
  'config',
  'lang',
  'color',
  'debug',
] as const satisfies readonly FlagName[];
