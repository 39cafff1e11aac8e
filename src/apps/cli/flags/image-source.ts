import type { ImageSource } from '../../../flows/index.ts';
import type { Shell } from '../shell.ts';
import type { Flags } from './flags.ts';

/** Where `images` reads from: exactly one source. Throws PM_USAGE. */
export function imageSourceOf(shell: Shell, paths: readonly string[], flags: Flags): ImageSource {
  const { usage } = shell.m.cli;
  const { chart, kustomize, release, fromCluster, node, values, kubeVersion, allNamespaces, selector } =
    flags;
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
  only('--values', values !== undefined, '--chart');
  only('--kube-version', kubeVersion !== undefined, '--chart');
  only('-A', allNamespaces === true, '--from-cluster');
  only('-l', selector !== undefined, '--from-cluster');
  only('-n', flags.namespace !== undefined, '--from-cluster', '--release', '--chart');
  const namespace = flags.namespace === undefined ? {} : { namespace: flags.namespace };
  if (chart !== undefined) {
    const version = kubeVersion === undefined ? {} : { kubeVersion };
    return { type: 'chart', chart, valuesFiles: values ?? [], ...namespace, ...version };
  }
  if (kustomize !== undefined) return { type: 'kustomize', folder: kustomize };
  if (release !== undefined) return { type: 'release', name: release, ...namespace };
  if (node !== undefined) return { type: 'node', name: node };
  if (fromCluster !== true) return { type: 'files', paths };
  return {
    type: 'cluster',
    allNamespaces: allNamespaces ?? false,
    ...namespace,
    ...(selector === undefined ? {} : { selector }),
  };
}
