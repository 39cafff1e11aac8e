import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../files/index.ts';
import type { Helm } from './types.ts';

/** Where helm takes a chart from, as its own commands are told. */
export type ChartPlace = {
  /** Folder, archive, `oci://…`, `https://…`, `REPOSITORY/NAME`, or a name in `repository`. */
  readonly chart: string;
  readonly version?: string;
  /** URL of a chart repository. */
  readonly repository?: string;
};

/** A chart that lies on this machine until it is closed. */
export type LocalChart = { readonly path: string; readonly close: () => Promise<void> };

/** The chart itself where it is here, else a copy that helm pulls to a temporary folder. Throws PM_HELM_FAILED. */
export async function localChart(helm: Helm, place: ChartPlace): Promise<LocalChart> {
  const { chart, version, repository } = place;
  if (!(await isElsewhere(place))) return { path: chart, close: async () => {} };
  const folder = await makeTemporaryFolder('pulled');
  const close = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  try {
    await helm.pull(chart, {
      folder,
      ...(version === undefined ? {} : { version }),
      ...(repository === undefined ? {} : { repository }),
    });
    const entries = await readdir(folder, { withFileTypes: true });
    const pulled = entries.find((entry) => entry.isDirectory())?.name ?? '';
    return { path: join(folder, pulled), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As helm decides: what is on the disk is local, unless a repository is named. */
async function isElsewhere({ chart, repository }: ChartPlace): Promise<boolean> {
  if (repository !== undefined || /^(?:oci|https?):\/\//.test(chart)) return true;
  if (!/^[\w.-]+\/[\w.-]+$/.test(chart) || /\.tgz$|^\.{1,2}\//.test(chart)) return false;
  return await stat(chart).then(
    () => false,
    () => true,
  );
}
