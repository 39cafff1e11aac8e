import { settingEdit } from '../../core/edit/index.ts';
import { formatReference, parseReference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, RegistrySetting, SourceFile, Supply, Usage } from '../../core/model/index.ts';
import { nameUnder } from './advise.ts';
import type { InstallerConfig } from './types.ts';

/** What decides on a setting: the naming schemes alone, or what the mirrors answered too. */
export type SettingChoice = {
  readonly mirrors: readonly Mirror[];
  /** Absent: nobody was asked. */
  readonly supplies?: readonly Supply[];
  readonly allowUnverified: boolean;
};

const keys = {
  'ks-installer': ['spec', 'local_registry'],
  KubeKey: ['spec', 'registry', 'privateRegistry'],
  'KubeKey 4': ['spec', 'image_registry', 'auth', 'registry'],
} as const;

const objects = {
  'ks-installer': { apiVersion: 'installer.kubesphere.io/v1alpha1', kind: 'ClusterConfiguration' },
  KubeKey: { apiVersion: 'kubekey.kubesphere.io/v1alpha2', kind: 'Cluster' },
  'KubeKey 4': { apiVersion: 'kubekey.kubesphere.io/v1', kind: 'Config' },
} as const;

/**
 * The registry setting that makes an installer take all its images from one mirror. It moves all of them at once, so it
 * is made only where the mirror has each under just the name that the installer will write; else it says what lacks.
 * Undefined where the file has such a setting already, or no mirror names any image as the installer does.
 */
export function registrySetting(
  installer: InstallerConfig,
  file: SourceFile,
  { mirrors, supplies, allowUnverified }: SettingChoice,
): RegistrySetting | undefined {
  if (installer.hasRegistry) return undefined;
  const needed = installer.images.filter((it) => !it.fixed && it.pulled === 'now');
  const found = new Map(supplies?.map((supply) => [supply.image, supply]));
  const isNamed = (mirror: Mirror, original: string): boolean => {
    const mirrored = mirrorReference(mirror, parseReference(original));
    return mirrored !== undefined && formatReference(mirrored) === nameUnder(installer, original, mirror.at);
  };
  const isServed = (mirror: Mirror, original: string): boolean => {
    if (supplies === undefined) return isNamed(mirror, original);
    const name = nameUnder(installer, original, mirror.at);
    const supply = found.get(original);
    const copy = supply?.candidates.find((it) => it.mirror === mirror.name && it.reference === name);
    if (copy === undefined || supply === undefined) return false;
    if (allowUnverified) return copy.probe.outcome === 'works' && copy.missingPlatforms.length === 0;
    // As for single images: a name that the registry itself denies may be any image elsewhere.
    return copy.usable && (supply.origin.outcome !== 'absent' || copy.identity === 'same');
  };
  const tried = mirrors
    .filter((mirror) => needed.some(({ original }) => isNamed(mirror, original)))
    .map((mirror) => ({ mirror, lacking: needed.filter(({ original }) => !isServed(mirror, original)) }))
    .toSorted((a, b) => a.lacking.length - b.lacking.length);
  const [best] = tried;
  if (best === undefined) return undefined;
  const { mirror, lacking } = best;
  const key = keys[installer.installer];
  const edit = settingEdit(file, installer.document, key, mirror.at);
  const usage = usageOf(installer, file, key, edit);
  if (edit === undefined)
    return { usage, with: mirror.at, mirror: mirror.name, left: 'unfit', detail: key.join('.') };
  if (lacking.length === 0) return { usage, with: mirror.at, mirror: mirror.name, edit };
  const detail = lacking.map(({ original }) => nameUnder(installer, original, mirror.at)).join(', ');
  return { usage, with: mirror.at, mirror: mirror.name, left: 'setting-lacks', detail };
}

function usageOf(
  { installer }: InstallerConfig,
  { path }: SourceFile,
  key: readonly string[],
  edit: RegistrySetting['edit'],
): Usage {
  return {
    image: key.slice(1).join('.'),
    place: 'crField',
    name: key.at(-1) ?? '',
    object: {
      ...objects[installer],
      name: path,
    },
    path: `/${key.join('/')}`,
    ...(edit === undefined ? {} : { position: edit }),
  };
}
