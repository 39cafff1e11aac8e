import { compareReleases, nearestRelease, PullmendError } from '../../base/index.ts';
import { normaliseImage } from '../../image/index.ts';
import type { InstallerImages, InstallerNote, Json } from '../../model/index.ts';
import { asList, asObject, dig, digText } from '../pods/index.ts';
import { defaultKubernetes, imageRows, kubekeyVersions, type ImageRow, type When } from './images.data.ts';
import { kubekeyName, obeysZone, registryBlock, type RegistryBlock } from './naming.ts';

/** From this many nodes on Calico gets Typha: GetImage in cmd/kk/pkg/images/tasks.go. */
const nodesForTypha = 50;

export type KubekeyRun = {
  /** Absent: the newest that is known, which is told. */
  readonly version?: string | undefined;
  /** The environment variable `KKZONE=cn` of the `kk` command. */
  readonly zoneCn: boolean;
  /** The same file also asks for KubeSphere, which brings OpenEBS. */
  readonly withKubeSphere: boolean;
};

/** Every image that KubeKey 3.1 pulls for the `spec` of a v1alpha2 Cluster. Errors: PM_INSTALLER_UNKNOWN. */
export function imagesOfKubekey(file: string, spec: Json, run: KubekeyRun): InstallerImages {
  const newest = kubekeyVersions.at(-1) ?? '';
  const { version = newest, zoneCn } = run;
  if (!(kubekeyVersions as readonly string[]).includes(version)) {
    const nearest = nearestRelease(version, kubekeyVersions);
    throw new PullmendError('PM_INSTALLER_UNKNOWN', {
      installer: 'KubeKey',
      version,
      known: kubekeyVersions,
      nearest,
    });
  }
  const kubernetes = digText(spec, 'kubernetes', 'version') ?? since(defaultKubernetes, version);
  const block = registryBlock(spec, version);
  const images = imageRows
    .filter(({ when }) => isPulled(when, spec, run))
    .map(({ repository, tag, when }) => {
      const name = `${repository}:${tagOf(tag, { kubekey: version, kubernetes: withV(kubernetes) }, spec)}`;
      return {
        image: kubekeyName(name, block, zoneCn),
        original: normaliseImage(name),
        underZoneCn: kubekeyName(name, block, true),
        component: when === 'always' ? 'kubernetes' : when,
        pulled: when === 'openebs' ? ('later' as const) : ('now' as const),
        fixed: false,
      };
    });
  const pause = images.find(({ original }) => original.includes('/pause:'))?.image ?? '';
  const assumed: readonly InstallerNote[] =
    run.version === undefined ? [{ note: 'kk-version-assumed', value: newest }] : [];
  const notes = [...assumed, ...notesOn(spec, block, zoneCn), { note: 'kk-pause', value: pause } as const];
  return { file, installer: 'KubeKey', version, images, notes };
}

function isPulled(when: When, spec: Json, { withKubeSphere }: KubekeyRun): boolean {
  const plugin = (digText(spec, 'network', 'plugin') ?? 'calico').toLowerCase();
  const balancer = digText(spec, 'controlPlaneEndpoint', 'internalLoadbalancer');
  switch (when) {
    case 'always':
      return true;
    case 'etcd-in-kubeadm':
      return digText(spec, 'etcd', 'type')?.toLowerCase() === 'kubeadm';
    case 'kube-proxy':
      return dig(spec, 'kubernetes', 'disableKubeProxy') !== true;
    case 'nodelocaldns':
      return dig(spec, 'kubernetes', 'nodelocaldns') !== false;
    case 'calico-large':
      return plugin === 'calico' && asList(dig(spec, 'hosts')).length > nodesForTypha;
    case 'multus':
      return dig(spec, 'network', 'multusCNI', 'enabled') === true || plugin.includes('multus');
    case 'haproxy':
      return balancer === 'haproxy';
    case 'kube-vip':
      return balancer === 'kube-vip';
    case 'kata':
      return dig(spec, 'kubernetes', 'kata', 'enabled') === true;
    case 'nfd':
      return dig(spec, 'kubernetes', 'nodeFeatureDiscovery', 'enabled') === true;
    case 'openebs':
      return withKubeSphere || dig(spec, 'storage', 'openebs') !== undefined;
    default:
      return plugin === when;
  }
}

function tagOf(
  tag: ImageRow['tag'],
  versions: { readonly kubekey: string; readonly kubernetes: string },
  spec: Json,
): string {
  if (typeof tag === 'string') return tag.replace('{kubernetes}', versions.kubernetes);
  if (tag.by === 'kubekey') return since(tag.since, versions.kubekey);
  // With any runtime but docker, Kubernetes before 1.21 is treated as 1.21.
  const isDocker = ['docker', undefined].includes(digText(spec, 'kubernetes', 'containerManager'));
  const isOld = compareReleases(versions.kubernetes, 'v1.21.0') < 0;
  return since(tag.since, isOld && !isDocker ? 'v1.21.0' : versions.kubernetes);
}

/** What a table says from a release on. */
function since(table: Readonly<Record<string, string>>, version: string): string {
  const key = Object.keys(table).findLast((it) => compareReleases(it, version) <= 0);
  return (key === undefined ? undefined : table[key]) ?? '';
}

function withV(version: string): string {
  return version.startsWith('v') ? version : `v${version}`;
}

function notesOn(spec: Json, block: RegistryBlock, zoneCn: boolean): readonly InstallerNote[] {
  const { privateRegistry, namespaceOverride } = block;
  const registry = dig(spec, 'registry');
  const notes: InstallerNote[] = [];
  const say = (note: InstallerNote['note'], value: string): void => void notes.push({ note, value });
  if (obeysZone(block)) say('kk-zone', 'registry.cn-beijing.aliyuncs.com/kubesphereio');
  else if (zoneCn) say('kk-zone-needs-no-registry', privateRegistry ?? '');
  if (privateRegistry !== undefined) say('registry-covers', privateRegistry);
  if (namespaceOverride !== undefined) {
    say(privateRegistry === undefined ? 'override-without-registry' : 'override-all', namespaceOverride);
  }
  if (asList(dig(registry, 'registryMirrors')).length > 0) say('kk-mirrors-docker-only', 'registryMirrors');
  const insecure = asList(dig(registry, 'insecureRegistries')).filter((it) => typeof it === 'string');
  if (insecure.length > 0) say('kk-insecure-http', insecure.join(', '));
  if (Object.keys(asObject(dig(registry, 'remoteMirrors'))).length > 0)
    say('kk-remote-mirrors', 'remoteMirrors');
  return notes;
}
