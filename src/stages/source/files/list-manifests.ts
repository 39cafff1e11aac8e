import { stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import picomatch from 'picomatch';
import { findFiles, type FindOptions } from '../../../adapters/files/index.ts';
import { configuresInstaller } from '../../../core/knowledge/kubesphere/index.ts';
import type { ImageListing, ImagesOfFile, ListingNote } from '../../../core/model/index.ts';
import { kustomizationNames } from '../kustomize/source-files.ts';
import { isDockerfile } from './dockerfile.ts';
import { manifestEndings } from './from-files.ts';
import { readEach, type ReadText } from './read-each.ts';
import { refuseObjectless, toBeRendered } from './refuse.ts';

/** Which files of the folders are looked at. */
export type FileChoice = FindOptions & {
  readonly lookAlikes?: boolean;
  /** Globs over paths as they are told; a name without a slash is meant at any depth. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** What the path `-` stands for. */
  readonly readStdin?: ReadText | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * The images of all manifests below the paths. A file without objects that is named itself is read as the settings of a
 * program. A chart or kustomization that is named itself must be rendered first
 * (PM_TO_BE_RENDERED); charts further below are left out and noted, and so is what cannot be read: a template, a file
 * that is no YAML. Where nothing else is there, that is the error: PM_FILE_UNREADABLE, PM_FILE_BROKEN,
 * PM_NOT_A_MANIFEST, PM_FILE_REPEATED_KEY.
 */
export async function listManifests(
  paths: readonly string[],
  choice: FileChoice = {},
): Promise<ImageListing> {
  const { files, notes } = await manifestsBelow(paths, choice);
  return {
    groups: files.map(({ file, usages, lookAlikes }) => ({ file: file.path, usages, lookAlikes })),
    notes,
  };
}

/** The same with the texts of the files, for who changes them. */
export async function manifestsBelow(
  paths: readonly string[],
  choice: FileChoice = {},
): Promise<{ readonly files: readonly ImagesOfFile[]; readonly notes: readonly ListingNote[] }> {
  for (const path of paths) await refuseUnrendered(path);
  const { files: all, skipped } = await filesBelow(paths, choice);
  const found = all.filter((path) => paths.includes(path) || isChosen(path, choice));
  const charts = topmost(found.filter((path) => basename(path) === 'Chart.yaml').map(dirname));
  const outside = found.filter((path) => !charts.some((chart) => isBelow(path, chart)));
  const notes: ListingNote[] = [
    ...skipped.map((file) => ({ kind: 'skipped', ...file }) as const),
    ...charts.map((path) => ({ kind: 'chart', path }) as const),
  ];
  const builds = outside.filter((path) => isDockerfile(path) && !paths.includes(path));
  notes.push(...builds.map((path) => ({ kind: 'left-out', path, reason: 'dockerfile' }) as const));
  const read = await readEach(
    outside.filter((path) => !builds.includes(path)),
    {
      settings: (path) => paths.includes(path) && !isValues(path),
      isNamed: (path) => paths.includes(path),
      readStdin: choice.readStdin,
      signal: choice.signal,
    },
  );
  const files = read.files.map((file) => (choice.lookAlikes === false ? { ...file, lookAlikes: [] } : file));
  for (const path of outside)
    if (isKustomization(path)) notes.push({ kind: 'kustomization', path: dirname(path) });
  for (const { file } of files)
    if (configuresInstaller(file.text)) notes.push({ kind: 'installer', path: file.path });
  refuseObjectless(paths, files);
  return { files, notes: [...notes, ...read.notes] };
}

async function filesBelow(
  paths: readonly string[],
  how: FindOptions,
): Promise<Awaited<ReturnType<typeof findFiles>>> {
  const named = paths.filter((path) => path !== '-');
  if (named.length === 0) return { files: ['-'], skipped: [] };
  const found = await findFiles(named, [...manifestEndings, 'dockerfile', 'containerfile'], how);
  return named.length === paths.length ? found : { ...found, files: ['-', ...found.files] };
}

function isChosen(path: string, { include = [], exclude = [] }: FileChoice): boolean {
  const isLike = (glob: string): boolean =>
    picomatch.isMatch(
      path,
      glob.includes('/')
        ? [glob, `**/${glob}`, `${glob}/**`, `**/${glob}/**`]
        : [`**/${glob}`, `**/${glob}/**`],
      {
        dot: true,
      },
    );
  return (include.length === 0 || include.some(isLike)) && !exclude.some(isLike);
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
