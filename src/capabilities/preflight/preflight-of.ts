import type { ImageListing } from '../../core/model/index.ts';
import { installersIn, type InstallerOptions } from './installer-files.ts';
import { needsOf } from './needs.ts';
import { preflight } from './report.ts';
import { type PreflightReport } from './types.ts';
import { manifestsBelow, nodePlatforms } from '../../stages/source/index.ts';
import { listImages, type ImageSource } from '../images/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import type { World } from '../../access/index.ts';

/** What to ask about: files, a chart or kustomization, and images named one by one. */
export type PreflightSource = {
  readonly source?: Extract<ImageSource, { readonly type: 'files' | 'chart' | 'kustomize' }>;
  readonly images: readonly string[];
};

export type PreflightOptions = InstallerOptions & {
  /** `os/arch`; `nodes`: those of the cluster's nodes. */
  readonly platforms: readonly string[] | 'nodes';
  /** Count copies too that nothing proves to be the same image, as `fix` would use them with the same flag. */
  readonly allowUnverified: boolean;
  /** `false` only lists. */
  readonly probe: boolean;
};

/** Can everything be pulled, before a pod exists. Errors: those of reading, PM_INSTALLER_UNKNOWN, PM_BAD_IMAGE_NAME. */
export async function preflightOf(
  { source, images }: PreflightSource,
  { platforms: wanted, probe, allowUnverified, ...options }: PreflightOptions,
  world: World,
): Promise<PreflightReport> {
  const read =
    source?.type === 'files'
      ? await manifestsBelow(source.paths, { ...world.options, ...source })
      : { files: [], notes: [] };
  const { files } = read;
  const listing: ImageListing =
    source === undefined || source.type === 'files'
      ? { groups: files.map(({ file, ...found }) => ({ file: file.path, ...found })), notes: read.notes }
      : await listImages(source, world);
  const installers = installersIn(files, options);
  const needs = needsOf(listing, installers, images);
  const platforms = wanted === 'nodes' ? await nodePlatforms(await world.outside.kube()) : wanted;
  const asked = [...new Set(needs.flatMap(({ image, original }) => [image, original]))];
  const supplies = probe
    ? await supplyFor(asked, { platforms, knownDigests: {}, fromOrigin: true }, world)
    : [];
  const { mirrors } = world.outside;
  // What installers pull is in the report itself.
  const notes = listing.notes.filter(({ kind }) => kind !== 'installer');
  return preflight({ needs, installers, supplies, mirrors, platforms, notes, allowUnverified });
}
