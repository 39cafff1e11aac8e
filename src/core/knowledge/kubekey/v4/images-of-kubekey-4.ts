import { compareReleases, nearestRelease, PullmendError } from '../../../base/index.ts';
import { normaliseImage } from '../../../image/index.ts';
import type { InstallerImage, InstallerImages, Json } from '../../../model/index.ts';
import { asList, dig, digText } from '../../pods/index.ts';
import {
  chartVersions,
  imageRows,
  kubekey4Versions,
  tigeraOperators,
  versionsByMinor,
  type ImageRow,
  type Version,
  type When,
} from './images.data.ts';
import { nameIn, registries4 } from './naming.ts';
import { criPlugin, notesOn } from './notes.ts';

/** From this release on the type of the endpoint is `kube-vip`, before it was `kube_vip`. */
const kubeVipWithDash = 'v4.0.5';

/** Every image that KubeKey 4 pulls for the `spec` of a Config. Errors: PM_INSTALLER_UNKNOWN. */
export function imagesOfKubekey4(file: string, spec: Json, wanted: string | undefined): InstallerImages {
  const version = knownRelease(wanted ?? kubekey4Versions.at(-1) ?? '');
  const kubernetes = withV(digText(spec, 'kubernetes', 'kube_version') ?? '');
  const versions = { kubernetes, ...defaultsFor(kubernetes), ...versionsIn(spec) };
  const tags: Readonly<Record<string, string>> = {
    ...versions,
    operator: tigeraOperators[versions.calico ?? ''] ?? '',
  };
  const registries = registries4(spec, digText(spec, 'zone'));
  const underZoneCn = registries4(spec, 'cn');
  const images = imageRows
    .filter(({ when }) => isPulled(when, spec, version) && isChartKnown(when, spec))
    .filter(({ since }) => since === undefined || compareReleases(tags.calico ?? '', since) >= 0)
    .flatMap((row): readonly InstallerImage[] => {
      const { image: pattern, when, later, block = [] } = row;
      const named = pattern.replace(/\{(\w+)\}/, (_, name: string) => tags[name] ?? '');
      const tag = digText(spec, ...block, 'tag');
      const image = block.length === 0 || tag === undefined ? named : named.replace(/[^:]*$/, tag);
      // An operator that belongs to an unknown release.
      if (image.endsWith(':')) return [];
      const original = normaliseImage(image);
      return [
        {
          image: sandboxImage(row, spec, version) ?? nameIn(spec, original, row, registries),
          original,
          underZoneCn: nameIn(spec, original, row, underZoneCn),
          component: when === 'always' ? 'kubernetes' : when,
          pulled: later === true ? 'later' : 'now',
          fixed: false,
        },
      ];
    });
  const charts = Object.entries(chartVersions)
    .filter(([when]) => isPulled(when as When, spec, version) && !isChartKnown(when as When, spec))
    .map(([when, { key }]) => `${when} ${digText(spec, ...key)}`);
  const notes = notesOn(spec, { version, isAssumed: wanted === undefined, images, tags, charts });
  return { file, installer: 'KubeKey 4', version, images, notes };
}

function knownRelease(version: string): string {
  const known = kubekey4Versions;
  if ((known as readonly string[]).includes(version)) return version;
  const nearest = nearestRelease(version, known);
  throw new PullmendError('PM_INSTALLER_UNKNOWN', { installer: 'KubeKey', version, known, nearest });
}

function defaultsFor(kubernetes: string): Readonly<Record<Version, string>> {
  const minor = kubernetes.split('.').slice(0, 2).join('.');
  const defaults = versionsByMinor[minor];
  if (defaults !== undefined) return defaults;
  throw new PullmendError('PM_INSTALLER_UNKNOWN', {
    installer: 'KubeKey 4 + Kubernetes',
    version: kubernetes,
    known: Object.keys(versionsByMinor),
    nearest: undefined,
    field: 'spec.kubernetes.kube_version',
  });
}

/** Versions that the configuration sets itself. */
function versionsIn(spec: Json): Partial<Readonly<Record<Version, string>>> {
  const set = {
    etcd: digText(spec, 'etcd', 'etcd_version'),
    calico: digText(spec, 'cni', 'calico_version'),
    cilium: digText(spec, 'cni', 'cilium_version'),
    kubeovn: digText(spec, 'cni', 'kubeovn_version'),
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

function isChartKnown(when: When, spec: Json): boolean {
  const chart = chartVersions[when];
  return chart === undefined || [undefined, chart.version].includes(digText(spec, ...chart.key));
}

/** Since v4.0.6 a part of containerd's own configuration may be written out, and wins: roles/cri/containerd/templates. */
function sandboxImage({ image }: ImageRow, spec: Json, version: string): string | undefined {
  if (!image.includes('/pause:') || compareReleases(version, 'v4.0.6') < 0) return undefined;
  const name = digText(spec, 'cri', 'containerd', 'config', 'plugins', criPlugin, 'sandbox_image');
  return name === undefined ? undefined : normaliseImage(name);
}

function isPulled(when: When, spec: Json, version: string): boolean {
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
      return endpoint === (compareReleases(version, kubeVipWithDash) < 0 ? 'kube_vip' : 'kube-vip');
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

function withV(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
