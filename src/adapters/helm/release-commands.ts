import * as z from 'zod';
import { PullmendError } from '../../core/base/index.ts';
import { isObject } from '../../core/knowledge/pods/index.ts';
import { runHelm } from './run.ts';
import { readRelease } from './stored-release.ts';
import type { ClusterOptions, Helm, HelmOptions, ReleaseOptions, UpgradeOptions } from './types.ts';

/** Helm throws away revisions above `--history-max` (10): a repair takes nothing from a history; 0 is no limit. */
const wholeHistory = ['--history-max', '0'] as const;

/** Variables that would lead helm to another cluster than pullmend's, or make it speak of its work. */
const elsewhere = /^HELM_(?:KUBE|NAMESPACE$|DEBUG$)/;

/** The commands of helm that read and change releases. */
export function releaseCommands(
  { env, signal, cluster = {} }: HelmOptions,
  path: string,
): Pick<Helm, 'upgrade' | 'rollback' | 'searchRepositories'> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !elsewhere.test(name)));
  const run = async (
    args: readonly string[],
    { driver }: Partial<ReleaseOptions>,
    more: { readonly input?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<string> => {
    const where = driver === undefined ? {} : { HELM_DRIVER: driver };
    return await runHelm({ path, args, env: { ...own, ...where }, ...more });
  };
  const inCluster = clusterArgs(cluster);
  return {
    upgrade: async (release, chart, options) => {
      const args = [...upgradeArgs(release, chart, options), ...inCluster];
      const input = JSON.stringify(options.values);
      // An upgrade that has begun is over in a moment; cut in the middle it would leave the release pending.
      const text = await run(args, options, options.dryRun ? { input, signal } : { input });
      return readRelease(parsed(text));
    },
    rollback: async (release, revision, options) => {
      const { namespace } = options;
      await run(
        ['rollback', release, String(revision), '-n', namespace, '--no-hooks', ...wholeHistory, ...inCluster],
        options,
        {},
      );
    },
    searchRepositories: async (name, version) => {
      const text = await run(['search', 'repo', name, '--version', version, '-o', 'json'], {}, { signal });
      return foundCharts
        .parse(JSON.parse(text))
        .flatMap((one) => (one.version === version && one.name.endsWith(`/${name}`) ? [one.name] : []));
    },
  };
}

const foundCharts = z.array(z.object({ name: z.string(), version: z.string() })).catch([]);

function upgradeArgs(
  release: string,
  chart: string,
  { namespace, description, dryRun }: UpgradeOptions,
): readonly string[] {
  return [
    'upgrade',
    release,
    chart,
    '-n',
    namespace,
    '--reset-values',
    '--values',
    '-',
    '--no-hooks',
    ...wholeHistory,
    '--description',
    description,
    '-o',
    'json',
    ...(dryRun ? ['--dry-run=server'] : []),
  ];
}

/** Everything that decides which cluster it is, and who asks. */
function clusterArgs({ kubeconfig, context, as, asGroups = [] }: ClusterOptions): readonly string[] {
  const flags = [
    ['--kubeconfig', kubeconfig],
    ['--kube-context', context],
    ['--kube-as-user', as],
    ...asGroups.map((group) => ['--kube-as-group', group] as const),
  ] as const;
  return flags.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}

/** Helm may write warnings in front of what it was asked for. */
function parsed(text: string) {
  try {
    const release: unknown = JSON.parse(text.slice(text.indexOf('{')));
    if (isObject(release)) return release;
  } catch {
    // Told below, as what is no release.
  }
  throw new PullmendError('PM_HELM_FAILED', { command: 'upgrade', reason: 'it told no release' });
}
