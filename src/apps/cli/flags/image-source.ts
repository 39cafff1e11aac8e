import type { ImageSource } from '../../../flows/index.ts';
import type { Shell } from '../shell.ts';
import { chartFlagsIn, chartOptionsOf } from './chart.ts';
import type { Flags } from './flags.ts';

/** Where `images` reads from: exactly one source. Throws PM_USAGE. */
export function imageSourceOf(shell: Shell, paths: readonly string[], flags: Flags): ImageSource {
  const { usage } = shell.m.cli;
  const { chart, kustomize, release, fromCluster, node, allNamespaces, selector } = flags;
  const named: Readonly<Record<string, boolean>> = {
    PATH: paths.length > 0,
    '--chart': chart !== undefined,
    '--kustomize': kustomize !== undefined,
    '--release': release !== undefined,
    '--from-cluster': fromCluster === true,
    '--node': node !== undefined,
  };
  const given = Object.keys(named).filter((name) => named[name]);
  if (given.length === 0) throw shell.usageError(usage.noImageSource(Object.keys(named).join(', ')));
  if (given.length > 1) throw shell.usageError(usage.twoImageSources(given.join(', ')));
  const only = (flag: string, isGiven: boolean, ...sources: readonly string[]): void => {
    if (isGiven && !sources.includes(given[0] ?? '')) {
      throw shell.usageError(usage.onlyWith(flag, sources.join(', ')));
    }
  };
  for (const flag of chartFlagsIn(flags)) only(flag, true, '--chart');
  only('--enable-helm', flags.enableHelm === true, '--kustomize');
  only('--include, --exclude', (flags.include ?? flags.exclude) !== undefined, 'PATH');
  only('-A', allNamespaces === true, '--from-cluster');
  only('-l', selector !== undefined, '--from-cluster');
  only('-n', flags.namespace !== undefined, '--from-cluster', '--release', '--chart');
  const namespace = flags.namespace === undefined ? {} : { namespace: flags.namespace };
  if (chart !== undefined) return { type: 'chart', ...chartOptionsOf(chart, flags) };
  if (kustomize !== undefined) {
    return { type: 'kustomize', folder: kustomize, enableHelm: flags.enableHelm ?? false };
  }
  if (release !== undefined) return { type: 'release', name: release, ...namespace };
  if (node !== undefined) return { type: 'node', name: node };
  if (fromCluster !== true) {
    const { include, exclude } = flags;
    return {
      type: 'files',
      paths,
      ...(include === undefined ? {} : { include }),
      ...(exclude === undefined ? {} : { exclude }),
    };
  }
  return {
    type: 'cluster',
    allNamespaces: allNamespaces ?? false,
    ...namespace,
    ...(selector === undefined ? {} : { selector }),
  };
}
