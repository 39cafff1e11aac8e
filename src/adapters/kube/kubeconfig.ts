import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parseDocument } from 'yaml';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { readRegular } from '../files/index.ts';
import { proxyFromEnv } from './proxy-env.ts';

/** Hundreds of clusters with their certificates have a few megabytes. */
const maxFileBytes = 16 * 1024 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

export type KubeconfigOptions = {
  /** File given by `--kubeconfig`; otherwise the variable KUBECONFIG, `~/.kube/config`, the pod's own account. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly env?: Env;
};

export type LoadedKubeconfig = {
  readonly config: KubeConfig;
  readonly context: string;
  readonly server: string;
  /** Of the context; `default` when it names none. */
  readonly namespace: string;
  /** The kubeconfig's own name for the user. */
  readonly user: string;
  /** Where it came from, for errors. */
  readonly file: string;
  /** Name of the credential plugin, if the user has one. */
  readonly plugin?: string;
};

const inClusterToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Finds the kubeconfig as kubectl does, and selects the context.
 * Errors: PM_NO_KUBECONFIG, PM_KUBECONFIG_INVALID, PM_CONTEXT_UNKNOWN.
 */
export async function loadKubeconfig(options: KubeconfigOptions): Promise<LoadedKubeconfig> {
  const env = options.env ?? process.env;
  const { config, file } = await findConfig(options.kubeconfig, env);
  const context = options.context ?? config.currentContext ?? '';
  const known = config.contexts.map(({ name }) => name);
  const chosen = config.contexts.find(({ name }) => name === context);
  if (chosen === undefined)
    throw new PullmendError('PM_CONTEXT_UNKNOWN', { context, known }, { where: file });
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw invalid(file, `context "${context}" names cluster "${chosen.cluster}", which is not there`);
  if (!URL.canParse(cluster.server))
    throw invalid(file, `the server of cluster "${cluster.name}" is not a URL`);
  const user = selectUser(config, chosen.user, file);
  const plugin = commandOf(user.exec);
  return {
    config: withTransport(config, env),
    context,
    server: cluster.server,
    namespace: chosen.namespace ?? 'default',
    user: user.name,
    file,
    ...(plugin === undefined ? {} : { plugin }),
  };
}

type Found = { readonly config: KubeConfig; readonly file: string };

async function findConfig(named: string | undefined, env: Env): Promise<Found> {
  if (named !== undefined) {
    const config = await readConfig(named);
    if (config === undefined) throw invalid(named, 'no such file');
    return { config, file: named };
  }
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), '.kube', 'config')];
  // As kubectl: files of the list that are missing are skipped.
  const read = await Promise.all(files.map(async (file) => ({ file, config: await readConfig(file) })));
  const found = read.flatMap(({ file, config }) => (config === undefined ? [] : [{ file, config }]));
  const [first, ...more] = found;
  if (first !== undefined) {
    for (const { config } of more) mergeInto(first.config, config);
    return { config: first.config, file: found.map(({ file }) => file).join(delimiter) };
  }
  return inCluster(files, env);
}

async function inCluster(looked: readonly string[], env: Env): Promise<Found> {
  const token = env.KUBERNETES_SERVICE_HOST === undefined ? undefined : await textOf(inClusterToken);
  if (token === undefined) throw new PullmendError('PM_NO_KUBECONFIG', { looked });
  const config = await newConfig();
  config.loadFromCluster();
  return { config, file: dirname(inClusterToken) };
}

/** client-node is large; the deep path keeps its generated APIs out of the bundle. */
async function newConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  return new KubeConfig();
}

/** Undefined when there is no such file. */
async function readConfig(file: string): Promise<KubeConfig | undefined> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  // Parsed here, not by client-node: its YAML errors quote the file, which holds secrets.
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    throw invalid(file, `line ${line}, column ${col}: ${error.code.toLowerCase().replaceAll('_', ' ')}`);
  }
  const content: unknown = document.toJS() ?? {};
  if (typeof content !== 'object' || content === null) throw invalid(file, 'it is not a kubeconfig');
  const config = await newConfig();
  try {
    config.loadFromString(JSON.stringify(withTokenFiles(content, dirname(file))));
    config.makePathsAbsolute(dirname(file));
  } catch (error_) {
    throw invalid(file, error_ instanceof Error ? error_.message : 'it is not a kubeconfig');
  }
  return config;
}

/** client-node knows a user's `tokenFile` only by the name of the auth provider that reads such files. */
function withTokenFiles(content: object, folder: string): object {
  const users: unknown = 'users' in content ? content.users : undefined;
  if (!Array.isArray(users)) return content;
  return {
    ...content,
    users: users.map((entry: { user?: { tokenFile?: unknown } } | null) => {
      const tokenFile = entry?.user?.tokenFile;
      if (typeof tokenFile !== 'string') return entry;
      const absolute = isAbsolute(tokenFile) ? tokenFile : join(folder, tokenFile);
      return {
        ...entry,
        user: { ...entry?.user, 'auth-provider': { name: 'tokenFile', config: { tokenFile: absolute } } },
      };
    }),
  };
}

/** As kubectl: what the first file says wins. */
function mergeInto(config: KubeConfig, next: KubeConfig): void {
  config.currentContext ||= next.currentContext;
  config.contexts = firstByName([...config.contexts, ...next.contexts]);
  config.clusters = firstByName([...config.clusters, ...next.clusters]);
  config.users = firstByName([...config.users, ...next.users]);
}

function firstByName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
  return entries.filter((entry, index) => entries.findIndex(({ name }) => name === entry.name) === index);
}

/** The context's user; one without credentials when the context names none, so that the cluster's CA still counts. */
function selectUser(config: KubeConfig, name: string | undefined, file: string) {
  const user = config.getCurrentUser();
  if (user !== null) return user;
  if (name !== undefined) throw invalid(file, `user "${name}" of the context is not there`);
  const anonymous = { name: 'anonymous' };
  config.users = [...config.users, anonymous];
  config.contexts = config.contexts.map((context) =>
    context.name === config.currentContext ? { ...context, user: anonymous.name } : context,
  );
  return { ...anonymous, exec: undefined };
}

/** Two things that kubectl does and client-node does not: plain HTTP (`kubectl proxy`), and proxies of the environment. */
function withTransport(config: KubeConfig, env: Env): KubeConfig {
  config.clusters = config.clusters.map((cluster) => {
    const proxyUrl = cluster.proxyUrl ?? proxyFromEnv(cluster.server, env);
    return {
      ...cluster,
      // HTTP has no certificates to check; client-node insists on hearing that.
      skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith('http:'),
      ...(proxyUrl === undefined ? {} : { proxyUrl }),
    };
  });
  return config;
}

function commandOf(exec: unknown): string | undefined {
  const command = typeof exec === 'object' && exec !== null && 'command' in exec ? exec.command : undefined;
  return typeof command === 'string' ? command : undefined;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readRegular(file, maxFileBytes, { pipe: true })).toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw invalid(file, reasonOf(error));
  }
}

function invalid(file: string, reason: string): PullmendError {
  return new PullmendError('PM_KUBECONFIG_INVALID', { file, reason });
}
