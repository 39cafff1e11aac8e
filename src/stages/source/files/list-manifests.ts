import { stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { findFiles, readTextFile, type FindOptions } from '../../../adapters/files/index.ts';
import { configuresInstaller } from '../../../core/knowledge/kubesphere/index.ts';
import type { ImageListing, ImagesOfFile, ListingNote } from '../../../core/model/index.ts';
import { kustomizationNames } from '../kustomize/source-files.ts';
import { manifestEndings, readManifest } from './from-files.ts';
import { refuseObjectless, refuseRepeatedKeys, toBeRendered } from './refuse.ts';

/** How files are found and read. */
export type ReadOptions = FindOptions & { readonly signal?: AbortSignal | undefined };

/**
 * The images of all manifests below the paths. A file without objects that is named itself is read as the settings of a
 * program. A chart or kustomization that is named itself must be rendered first
 * (PM_TO_BE_RENDERED); charts further below are left out and noted. Errors: PM_FILE_UNREADABLE, PM_FILE_BROKEN,
 * PM_NOT_A_MANIFEST, PM_FILE_REPEATED_KEY.
 */
export async function listManifests(
  paths: readonly string[],
  options: ReadOptions = {},
): Promise<ImageListing> {
  const { files, notes } = await manifestsBelow(paths, options);
  return {
    groups: files.map(({ file, usages, lookAlikes }) => ({ file: file.path, usages, lookAlikes })),
    notes,
  };
}

/** The same with the texts of the files, for who changes them. */
export async function manifestsBelow(
  paths: readonly string[],
  { lookAlikes = true, signal, ...how }: ReadOptions & { readonly lookAlikes?: boolean } = {},
): Promise<{ readonly files: readonly ImagesOfFile[]; readonly notes: readonly ListingNote[] }> {
  for (const path of paths) await refuseUnrendered(path);
  const { files: found, skipped } = await findFiles(paths, manifestEndings, how);
  const charts = topmost(found.filter((path) => basename(path) === 'Chart.yaml').map(dirname));
  const files: ImagesOfFile[] = [];
  const notes: ListingNote[] = [
    ...skipped.map((file) => ({ kind: 'skipped', ...file }) as const),
    ...charts.map((path) => ({ kind: 'chart', path }) as const),
  ];
  for (const path of found) {
    if (charts.some((chart) => isBelow(path, chart))) continue;
    if (isKustomization(path)) notes.push({ kind: 'kustomization', path: dirname(path) });
    signal?.throwIfAborted();
    const named = paths.includes(path);
    const file = await readTextFile(path, { pipe: named });
    const read = readManifest(file, { settings: named && !isValues(path) });
    if (configuresInstaller(read.file.text)) notes.push({ kind: 'installer', path });
    files.push(lookAlikes ? read : { ...read, lookAlikes: [] });
  }
  refuseObjectless(paths, files);
  refuseRepeatedKeys(files);
  return { files, notes };
}

/** The values of a chart are changed by an override, never where they stand. */
function isValues(path: string): boolean {
  return /(?:^|[-._])values(?:[-._]|$)/i.test(basename(path));
}

/** What a path names by itself must be a manifest, or a folder of them. */
async function refuseUnrendered(path: string): Promise<void> {
  if (await exists(join(path, 'Chart.yaml'))) throw toBeRendered(path, 'chart', path);
  if (isKustomization(path)) throw toBeRendered(path, 'kustomization', dirname(path));
  const parts = path.split(sep);
  const at = parts.lastIndexOf('templates');
  const chart = parts.slice(0, at).join(sep) || '.';
  if (at >= 0 && (await exists(join(chart, 'Chart.yaml')))) throw toBeRendered(path, 'template', chart);
}

function isKustomization(path: string): boolean {
  return (kustomizationNames as readonly string[]).includes(basename(path));
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/** Without those that lie in another one, as sub-charts do. */
function topmost(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other)));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(folder + sep);
}
