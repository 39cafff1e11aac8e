import { nearestRelease, PullmendError } from '../../../base/index.ts';
import { normaliseImage, parseReference } from '../../../image/index.ts';
import type { InstallerImages, InstallerNote, Json } from '../../../model/index.ts';
import { asList, dig, digText } from '../../pods/index.ts';
import {
  imageRows,
  kubekey4Versions,
  tigeraOperators,
  versionsByMinor,
  type Version,
  type When,
} from './images.data.ts';
import { kubekey4Name, registries4, type Registries4 } from './naming.ts';

/** Every image that KubeKey 4 pulls for the `spec` of a Config. Errors: PM_INSTALLER_UNKNOWN. */
export function imagesOfKubekey4(file: string, spec: Json, wanted: string | undefined): InstallerImages {
  const newest = kubekey4Versions.at(-1) ?? '';
  const version = known('KubeKey 4', wanted ?? newest, kubekey4Versions);
  const kubernetes = withV(digText(spec, 'kubernetes', 'kube_version') ?? 'no spec.kubernetes.kube_version');
  const minor = kubernetes.split('.').slice(0, 2).join('.');
  const minors = Object.keys(versionsByMinor);
  const defaults = versionsByMinor[known('Kubernetes of KubeKey 4', minor, minors)];
  const versions = { kubernetes, ...defaults, ...versionsIn(spec) };
  const calico = versions.calico ?? '';
  const tags: Readonly<Record<string, string>> = { ...versions, operator: tigeraOperators[calico] ?? '' };
  const registries = registries4(spec, digText(spec, 'zone'));
  const underZoneCn = registries4(spec, 'cn');
  const images = imageRows
    .filter(({ when }) => isPulled(when, spec))
    .flatMap(({ image: pattern, when, later }) => {
      const image = pattern.replace(/\{(\w+)\}/, (_, name: string) => tags[name] ?? '');
      // An operator that belongs to an unknown release.
      if (image.endsWith(':')) return [];
      const original = normaliseImage(image);
      return [
        {
          image: kubekey4Name(original, registries),
          original,
          underZoneCn: kubekey4Name(original, underZoneCn),
          component: when === 'always' ? 'kubernetes' : when,
          pulled: later === true ? ('later' as const) : ('now' as const),
          fixed: false,
        },
      ];
    });
  const assumed: readonly InstallerNote[] =
    wanted === undefined ? [{ note: 'kk-version-assumed', value: newest }] : [];
  return {
    file,
    installer: 'KubeKey 4',
    version,
    images,
    notes: [...assumed, ...notesOn(spec, registries, images, tags)],
  };
}

function known(installer: string, version: string, releases: readonly string[]): string {
  if (releases.includes(version)) return version;
  // No release of KubeKey that the command line could name.
  const nearest = releases === kubekey4Versions ? nearestRelease(version, releases) : undefined;
  throw new PullmendError('PM_INSTALLER_UNKNOWN', { installer, version, known: releases, nearest });
}

/** Versions that the configuration sets itself. */
function versionsIn(spec: Json): Partial<Readonly<Record<Version, string>>> {
  const set = {
    pause: digText(spec, 'kubernetes', 'sandbox_image', 'tag'),
    coredns: digText(spec, 'dns', 'coredns', 'image', 'tag'),
    nodelocaldns: digText(spec, 'dns', 'nodelocaldns', 'image', 'tag'),
    etcd: digText(spec, 'etcd', 'etcd_version'),
    calico: digText(spec, 'cni', 'calico_version'),
    cilium: digText(spec, 'cni', 'cilium_version'),
    kubeovn: digText(spec, 'cni', 'kubeovn_version'),
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

function isPulled(when: When, spec: Json): boolean {
  const endpoint = digText(spec, 'kubernetes', 'control_plane_endpoint', 'type');
  switch (when) {
    case 'always':
      return true;
    case 'kube-proxy':
      return !asList(dig(spec, 'kubernetes', 'skip_phases')).includes('addon/kube-proxy');
    case 'etcd':
      return digText(spec, 'etcd', 'deployment_type') === 'internal';
    case 'nodelocaldns':
      return dig(spec, 'dns', 'nodelocaldns', 'enabled') !== false;
    case 'haproxy':
      return endpoint === 'haproxy';
    case 'kube-vip':
      return endpoint === 'kube_vip';
    case 'multus':
    case 'spiderpool':
      return digText(spec, 'cni', 'multi_cni') === when;
    case 'local-storage':
      return dig(spec, 'storage_class', 'local', 'enabled') !== false;
    case 'nfs-storage':
      return dig(spec, 'storage_class', 'nfs', 'enabled') === true;
    default:
      return (digText(spec, 'cni', 'type') ?? 'calico') === when;
  }
}

function notesOn(
  spec: Json,
  { registry, isOwn }: Registries4,
  images: InstallerImages['images'],
  tags: Readonly<Record<string, string>>,
): readonly InstallerNote[] {
  const notes: InstallerNote[] = [];
  const say = (note: InstallerNote['note'], value: string): void => void notes.push({ note, value });
  if (registry !== undefined) {
    say('registry-covers', registry);
    const hosts = new Set(images.map(({ original }) => parseReference(original).registry));
    hosts.delete('docker.io');
    if (hosts.size > 0) say('registry-host-lost', [...hosts].map((host) => `${host}/*`).join(', '));
  }
  if (isOwn) say('kk4-own-registry', digText(spec, 'image_registry', 'type') ?? '');
  const cni = digText(spec, 'cni', 'type') ?? 'calico';
  const chart = { calico: `tigera-operator ${tags.calico}`, cilium: `cilium ${tags.cilium}` }[cni];
  if (chart !== undefined) say('kk4-cni-chart', chart);
  if (asList(dig(spec, 'cri', 'registry', 'mirrors')).length > 0)
    say('kk-mirrors-docker-only', 'cri.registry.mirrors');
  const insecure = asList(dig(spec, 'cri', 'registry', 'insecure_registries')).filter(
    (it) => typeof it === 'string',
  );
  if (insecure.length > 0) say('kk-insecure-http', insecure.join(', '));
  const pause = images.find(({ original }) => original.includes('/pause:'))?.image;
  if (pause !== undefined) say('kk-pause', pause);
  return notes;
}

function withV(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
