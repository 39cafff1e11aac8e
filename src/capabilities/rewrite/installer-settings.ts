import { isError } from '../../core/base/index.ts';
import type { ImagesOfFile, RegistrySetting } from '../../core/model/index.ts';
import type { RewriteChoice } from '../../stages/plan/index.ts';
import { installersIn, registrySettings, type InstallerConfig } from '../preflight/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import type { World } from '../../access/index.ts';

/** The registry settings that KubeSphere and KubeKey configurations among the files get for the mirrors. */
export async function installerSettings(
  files: readonly ImagesOfFile[],
  { names, allowUnverified }: RewriteChoice,
  world: World,
): Promise<readonly RegistrySetting[]> {
  if (names === 'origin') return [];
  const unset = knownInstallers(files).filter(({ hasRegistry }) => !hasRegistry);
  if (unset.length === 0) return [];
  const { mirrors } = world.outside.mirrors;
  const originals = new Set(unset.flatMap(({ images }) => images.map(({ original }) => original)));
  const supplies =
    names === 'probed'
      ? { supplies: await supplyFor([...originals], { platforms: [], knownDigests: {} }, world) }
      : {};
  return unset.flatMap((installer) => {
    const file = files.find((it) => it.file.path === installer.file)?.file;
    const choice = { mirrors, allowUnverified, ...supplies };
    return file === undefined ? [] : registrySettings(installer, file, choice);
  });
}

/** A release that is not known keeps its file as it is; `preflight` says so. */
function knownInstallers(files: readonly ImagesOfFile[]): readonly InstallerConfig[] {
  try {
    return installersIn(files, { zoneCn: false });
  } catch (error) {
    if (isError(error, 'PM_INSTALLER_UNKNOWN')) return [];
    throw error;
  }
}
