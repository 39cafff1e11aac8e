import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { maxChartBytes, maxPartBytes, packed } from './packed-texts.ts';

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

/** Copies a chart (folder or .tgz) to a temporary folder. Throws PM_CHART_UNREADABLE. */
export async function openChart(path: string): Promise<ChartFolder> {
  const root = await mkdtemp(join(tmpdir(), 'pullmend-chart-'));
  const close = async (): Promise<void> => await rm(root, { recursive: true, force: true });
  const folder = join(root, 'chart');
  try {
    if ((await stat(path)).isDirectory()) {
      await stat(join(path, 'Chart.yaml'));
      await cp(path, folder, { recursive: true, dereference: true });
    } else await unpack(path, folder);
    await unpackSubCharts(folder);
  } catch (cause) {
    await close();
    throw new PullmendError('PM_CHART_UNREADABLE', { chart: path, reason: reasonOf(cause) }, { cause });
  }
  return {
    folder,
    texts: async () => await textsBelow(folder, folder, new Map()),
    add: async (name, text) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    },
    moveTo: async (target) => {
      try {
        await mkdir(dirname(target), { recursive: true });
        await mkdir(target);
        await cp(folder, target, { recursive: true });
      } catch (cause) {
        throw new PullmendError('PM_FILE_UNWRITABLE', { file: target, reason: reasonOf(cause) }, { cause });
      }
    },
    close,
  };
}

/** An archive holds one folder, named as the chart. */
async function unpack(archive: string, folder: string): Promise<void> {
  const bytes = await readFile(archive);
  const unpacked = await mkdtemp(`${folder}-`);
  let size = 0;
  const counted = Readable.from([bytes])
    .pipe(createGunzip())
    .on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
  const limited = Readable.from(
    (async function* () {
      for await (const chunk of counted) {
        if (size > maxChartBytes) throw new Error('the archive is too large for a chart');
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

async function unpackSubCharts(folder: string): Promise<void> {
  const charts = join(folder, 'charts');
  for (const entry of await readdir(charts, { withFileTypes: true }).catch(() => [])) {
    const path = join(charts, entry.name);
    if (entry.isDirectory()) await unpackSubCharts(path);
    else if (packed.test(entry.name)) {
      const unpacked = path.replace(packed, '');
      await unpack(path, unpacked);
      await rm(path);
      await unpackSubCharts(unpacked);
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
      found.set(relative(root, path).replaceAll('\\', '/'), await readFile(path, 'utf8'));
    }
  }
  return found;
}
