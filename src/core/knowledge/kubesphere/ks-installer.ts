import { compareReleases, nearestRelease, PullmendError } from '../../base/index.ts';
import { normaliseImage } from '../../image/index.ts';
import type { InstallerImage, InstallerImages, InstallerNote, Json } from '../../model/index.ts';
import { digText } from '../pods/index.ts';
import { isInstalled, type Component } from './components.ts';
import { imageRows, installerVersions, kubectlTags, pullsAlways, type ImageRow } from './images.data.ts';
import { installerName, isZoneCn, type RegistrySettings } from './naming.ts';

const usesKubectl: readonly Component[] = ['events', 'multicluster', 'monitoring'];

/** What ks-installer of this version reads about registries from `spec`. */
export function registrySettings(spec: Json): RegistrySettings {
  return {
    localRegistry: digText(spec, 'local_registry'),
    zone: digText(spec, 'zone'),
    namespaceOverride: digText(spec, 'namespace_override'),
  };
}

/**
 * Every image that ks-installer pulls for a ClusterConfiguration. `version` is the installer's, `kubernetes` the
 * cluster's when it is known. Errors: PM_INSTALLER_UNKNOWN.
 */
export function imagesOfInstaller(
  file: string,
  spec: Json,
  { version, kubernetes }: { readonly version: string; readonly kubernetes?: string },
): InstallerImages {
  if (!(installerVersions as readonly string[]).includes(version)) {
    const known = installerVersions;
    const nearest = version === '' ? known.at(-1) : nearestRelease(version, known);
    throw new PullmendError('PM_INSTALLER_UNKNOWN', { installer: 'ks-installer', version, known, nearest });
  }
  const settings = registrySettings(spec);
  const all = [...imageRows, ...kubectlRows(spec, kubernetes)].flatMap((row) => {
    const tag = tagOf(row, version);
    if (tag === undefined || !isInstalled(row.component, spec)) return [];
    return [imageOf(row, `${row.repository}:${tag}`, settings)];
  });
  // Two parts may bring the same image.
  const images = [...new Map(all.map((it) => [`${it.original} ${it.pulled}`, it])).values()];
  return { file, installer: 'ks-installer', version, images, notes: notesOn(images, settings, version) };
}

function imageOf(row: ImageRow, name: string, settings: RegistrySettings): InstallerImage {
  const original = normaliseImage(name);
  const fixed = row.fixed === true;
  return {
    image: fixed ? original : installerName(original, settings),
    original,
    underZoneCn: fixed ? original : installerName(original, { zone: 'cn' }),
    component: row.component,
    pulled: row.later === true ? 'later' : 'now',
    fixed,
  };
}

/** The tag that a version uses: of the last entry that is not newer; `es` is gone where `until` says so. */
function tagOf({ tags, until }: ImageRow, version: string): string | undefined {
  if (until !== undefined && compareReleases(version, until) >= 0) return undefined;
  const since = Object.keys(tags).findLast((it) => compareReleases(it, version) <= 0);
  return since === undefined ? undefined : tags[since]?.replace('{version}', version);
}

/** kubectl runs for users of the console and in Jobs of some parts; clusters newer than the table get its newest. */
function kubectlRows(spec: Json, kubernetes = kubectlTags[0]?.[0] ?? ''): readonly ImageRow[] {
  const tag = kubectlTags.find(([since]) => compareReleases(kubernetes, since) >= 0)?.[1];
  if (tag === undefined) return [];
  const row = { repository: 'docker.io/kubesphere/kubectl', tags: { 'v3.3.0': tag } } as const;
  const component = usesKubectl.find((it) => isInstalled(it, spec));
  return [component === undefined ? { ...row, component: 'core', later: true } : { ...row, component }];
}

function notesOn(
  images: readonly InstallerImage[],
  settings: RegistrySettings,
  version: string,
): readonly InstallerNote[] {
  const { localRegistry, namespaceOverride } = settings;
  const notes: InstallerNote[] = [{ note: 'installer-itself', value: `kubesphere/ks-installer:${version}` }];
  const say = (note: InstallerNote['note'], value: string): void => void notes.push({ note, value });
  const fixed = images.filter((it) => it.fixed).map(({ original }) => original);
  const foreign = images.filter((it) => !it.fixed && !it.original.startsWith('docker.io/'));
  if (isZoneCn(settings)) {
    say('zone-cn-flattens', 'registry.cn-beijing.aliyuncs.com/kubesphereio');
    if (localRegistry !== undefined && settings.zone === 'cn') say('zone-beats-registry', localRegistry);
  } else if (localRegistry !== undefined) {
    say('registry-covers', localRegistry);
    if (namespaceOverride === undefined) say('registry-library', `${localRegistry}/library/`);
    if (foreign.length > 0) say('registry-host-lost', foreign.map(({ original }) => original).join(', '));
  }
  if (namespaceOverride !== undefined && !isZoneCn(settings)) {
    say(localRegistry === undefined ? 'override-without-registry' : 'override-all', namespaceOverride);
  }
  if (fixed.length > 0) say('fixed-images', fixed.join(', '));
  if (pullsAlways.includes(version)) say('pulls-always', version);
  if (images.every(({ component }) => component !== 'redis')) say('ha-by-nodes', 'redis:5.0.14-alpine');
  say('kubectl-by-cluster', 'kubesphere/kubectl');
  return notes;
}
