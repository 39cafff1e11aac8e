import { isUsable } from '../../core/choose/index.ts';
import { settingsEdit } from '../../core/edit/index.ts';
import type { Mirror, RegistrySetting, SourceFile, Supply, Usage } from '../../core/model/index.ts';
import { isNamedBy, registryKeys, type RegistryKey } from './registry-keys.ts';
import type { InstallerConfig } from './types.ts';

/** What decides on a setting: the naming schemes alone, or what the mirrors answered too. */
export type SettingChoice = {
  readonly mirrors: readonly Mirror[];
  /** Absent: nobody was asked. */
  readonly supplies?: readonly Supply[];
  readonly allowUnverified: boolean;
};

const objects = {
  'ks-installer': { apiVersion: 'installer.kubesphere.io/v1alpha1', kind: 'ClusterConfiguration' },
  KubeKey: { apiVersion: 'kubekey.kubesphere.io/v1alpha2', kind: 'Cluster' },
  'KubeKey 4': { apiVersion: 'kubekey.kubesphere.io/v1', kind: 'Config' },
} as const;

/**
 * The registry settings that make an installer take its images from mirrors. A setting moves many images at once, so it
 * is made only where the mirror has each under just the name that the installer will write; else it says what lacks.
 * None where the file has such a setting already, or no mirror names any image as the installer does.
 */
export function registrySettings(
  installer: InstallerConfig,
  file: SourceFile,
  choice: SettingChoice,
): readonly RegistrySetting[] {
  if (installer.hasRegistry) return [];
  const chosen = registryKeys(installer).flatMap((key) => {
    const best = bestFor(key, choice);
    return best === undefined ? [] : [{ key, ...best }];
  });
  const made = chosen.filter(({ lacking }) => lacking.length === 0);
  const edit = settingsEdit(
    file,
    installer.document,
    made.map(({ key, value }) => ({ path: key.path, value })),
  );
  return chosen.map(({ key: { path, nameUnder }, mirror, value, lacking }) => {
    const setting = { usage: usageOf(installer, file, path, edit), with: value, mirror };
    if (lacking.length > 0) {
      const detail = lacking.map((original) => nameUnder(original, value)).join(', ');
      return { ...setting, left: 'setting-lacks', detail };
    }
    return edit === undefined ? { ...setting, left: 'unfit', detail: path.join('.') } : { ...setting, edit };
  });
}

type Best = {
  readonly mirror: string;
  readonly value: string;
  /** Originals that the mirror lacks. */
  readonly lacking: readonly string[];
};

function bestFor(key: RegistryKey, choice: SettingChoice): Best | undefined {
  const needed = key.moves.filter((it) => it.pulled === 'now').map(({ original }) => original);
  const tried = choice.mirrors.flatMap((mirror): readonly Best[] => {
    const value = key.valueFor(mirror);
    if (value === undefined) return [];
    const isNamed = (original: string): boolean =>
      isNamedBy(mirror, original, key.nameUnder(original, value));
    const isServed = (original: string): boolean =>
      choice.supplies === undefined
        ? isNamed(original)
        : hasCopy(mirror, original, key.nameUnder(original, value), choice);
    if (!needed.some(isNamed)) return [];
    return [{ mirror: mirror.name, value, lacking: needed.filter((original) => !isServed(original)) }];
  });
  return tried.toSorted((a, b) => a.lacking.length - b.lacking.length)[0];
}

function hasCopy(
  mirror: Mirror,
  original: string,
  name: string,
  { supplies = [], allowUnverified }: SettingChoice,
): boolean {
  const supply = supplies.find(({ image }) => image === original);
  const copy = supply?.candidates.find((it) => it.mirror === mirror.name && it.reference === name);
  return copy !== undefined && isUsable(copy, { allowUnverified });
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
