import { dirname, join, relative } from 'node:path';
import { commonFolder, copyFolder, copyRegular, makeFolder } from '../../../adapters/files/index.ts';
import { chartBounds } from '../../../adapters/helm/index.ts';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import type { KustomizeFiles } from './source-files.ts';

/** More than any build makes of it. */
const maxTreeBytes = 128 * 1024 * 1024;

/** Files of a kustomization, and the folder that holds all of them. */
export type KustomizeRoot = { readonly root: string; readonly paths: readonly string[] };

export function rootOf({ kustomizations, manifests, others, charts }: KustomizeFiles): KustomizeRoot {
  const own = kustomizations.map(({ file }) => file.path);
  const paths = [...own, ...manifests.map(({ path }) => path), ...others];
  return { root: commonFolder([...paths.map(dirname), ...charts.map(dirname)]), paths };
}

/**
 * Copies all that a kustomization is made of below a folder, as it lies below what it has in common. Throws
 * PM_FILE_UNREADABLE.
 */
export async function copyKustomization(
  files: KustomizeFiles,
  into: string,
  leaveOut: readonly string[] = [],
): Promise<void> {
  const { root, paths } = rootOf(files);
  let left = maxTreeBytes;
  const carry = async (path: string, copy: (target: string) => Promise<void>): Promise<void> => {
    try {
      await copy(join(into, relative(root, path)));
    } catch (cause) {
      throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: reasonOf(cause) }, { cause });
    }
  };
  for (const path of paths.filter((it) => !leaveOut.includes(it))) {
    await carry(path, async (target) => {
      await makeFolder(dirname(target));
      left -= await copyRegular(path, target, left);
    });
  }
  for (const chart of files.charts) {
    await carry(chart, async (target) => await copyFolder(chart, target, chartBounds));
  }
}
