import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { copyFolder, makeFolder, makeTemporaryFolder, readRegular } from '../files/index.ts';
import { maxChartBytes, maxChartFiles, maxPartBytes, deepest, packed } from './packed-texts.ts';

/** A private copy of a chart, with its packed sub-charts unpacked. */
export type ChartFolder = {
  readonly folder: string;
  /** Text files of the chart and its sub-charts by their path in it, `/` between the parts. */
  readonly texts: () => Promise<ReadonlyMap<string, string>>;
  readonly add: (path: string, text: string) => Promise<void>;
  /** Gives the copy a place of its own, which must be free. Throws PM_FILE_UNWRITABLE. */
  readonly moveTo: (folder: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** How much of a chart is taken, packed or not. */
export const chartBounds = { bytes: maxChartBytes, files: maxChartFiles } as const;

/**
 * Copies a chart (folder or .tgz) to a temporary folder. Throws PM_CHART_UNREADABLE, also for one that is larger than
 * any chart, or has links that lead out of it.
 */
export async function openChart(
  path: string,
  { followLinks = false }: { readonly followLinks?: boolean | undefined } = {},
): Promise<ChartFolder> {
  const root = await makeTemporaryFolder('chart');
  const close = async (): Promise<void> => await rm(root, { recursive: true, force: true });
  const folder = join(root, 'chart');
  const budget = { left: maxChartBytes };
  try {
    if ((await stat(path)).isDirectory()) {
      await stat(join(path, 'Chart.yaml'));
      await copyFolder(path, folder, { ...chartBounds, followLinks });
    } else await unpack(path, folder, budget);
    await unpackSubCharts(folder, budget, 0);
  } catch (cause) {
    await close();
    throw new PullmendError('PM_CHART_UNREADABLE', { chart: path, reason: reasonOf(cause) }, { cause });
  }
  return {
    folder,
    texts: async () => await textsBelow(folder, folder, new Map()),
    add: async (name, text) => {
      await makeFolder(dirname(join(folder, name)));
      await writeFile(join(folder, name), text);
    },
    moveTo: async (target) => {
      try {
        await makeFolder(dirname(target));
        await mkdir(target);
        await copyFolder(folder, target, chartBounds);
      } catch (cause) {
        throw new PullmendError('PM_FILE_UNWRITABLE', { file: target, reason: reasonOf(cause) }, { cause });
      }
    },
    close,
  };
}

/** Bytes that a chart and its sub-charts may still have unpacked. */
type Budget = { left: number };

/** An archive holds one folder, named as the chart. */
async function unpack(archive: string, folder: string, budget: Budget): Promise<void> {
  const bytes = await readRegular(archive, maxChartBytes);
  const unpacked = await mkdtemp(`${folder}-`);
  const counted = Readable.from([bytes])
    .pipe(createGunzip())
    .on('data', (chunk: Buffer) => {
      budget.left -= chunk.length;
    });
  const limited = Readable.from(
    (async function* () {
      for await (const chunk of counted) {
        if (budget.left < 0) throw new Error('the archive is too large for a chart');
        yield chunk as Buffer;
      }
    })(),
  );
  await new Promise<void>((resolve, reject) => {
    limited.on('error', reject);
    const tar = unpackTar(unpacked, { filter: ({ type }) => type === 'file' || type === 'directory' });
    limited.pipe(tar).on('finish', resolve).on('error', reject);
  });
  const [name] = await readdir(unpacked);
  if (name === undefined) throw new Error('the archive is empty');
  await rename(join(unpacked, name), folder);
  await rm(unpacked, { recursive: true, force: true });
}

async function unpackSubCharts(folder: string, budget: Budget, depth: number): Promise<void> {
  if (depth > deepest) throw new Error(`its sub-charts are nested deeper than ${deepest}`);
  const charts = join(folder, 'charts');
  for (const entry of await readdir(charts, { withFileTypes: true }).catch(() => [])) {
    const path = join(charts, entry.name);
    if (entry.isDirectory()) await unpackSubCharts(path, budget, depth + 1);
    else if (packed.test(entry.name)) {
      const unpacked = path.replace(packed, '');
      await unpack(path, unpacked, budget);
      await rm(path);
      await unpackSubCharts(unpacked, budget, depth + 1);
    }
  }
}

async function textsBelow(
  root: string,
  folder: string,
  found: Map<string, string>,
): Promise<Map<string, string>> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await textsBelow(root, path, found);
    else if ((await stat(path)).size <= maxPartBytes) {
      const text = (await readRegular(path, maxPartBytes)).toString('utf8');
      found.set(relative(root, path).replaceAll('\\', '/'), text);
    }
  }
  return found;
}
