import { compareReleases } from '../../../base/index.ts';
import { parseReference } from '../../../image/index.ts';
import type { InstallerImage, InstallerNote, Json } from '../../../model/index.ts';
import { asList, dig, digText } from '../../pods/index.ts';
import { cnRegistry4, ownRegistry, registries4 } from './naming.ts';

/** The table of containerd's configuration, version 2, that holds its registries and the sandbox image. */
export const criPlugin = 'io.containerd.grpc.v1.cri';

/** From this release on `cri.containerd.config` and `config_policy` are read. */
const ownConfigSince = 'v4.0.6';

/** What is to be known about a configuration of KubeKey 4. */
export function notesOn(
  spec: Json,
  known: {
    readonly version: string;
    readonly isAssumed: boolean;
    readonly images: readonly InstallerImage[];
    readonly tags: Readonly<Record<string, string>>;
    /** Charts of a version whose images are not known. */
    readonly charts: readonly string[];
  },
): readonly InstallerNote[] {
  const { version, isAssumed, images, tags, charts } = known;
  const notes: InstallerNote[] = [];
  const say = (note: InstallerNote['note'], value: string): void => void notes.push({ note, value });
  if (isAssumed) say('kk-version-assumed', version);
  notes.push(...notesOnNames(spec, images));
  const cni = digText(spec, 'cni', 'type') ?? 'calico';
  const chart = { calico: `tigera-operator ${tags.calico}`, cilium: `cilium ${tags.cilium}` }[cni];
  if (chart !== undefined) say('kk4-cni-chart', chart);
  if (charts.length > 0) say('kk4-chart-unknown', charts.join(', '));
  notes.push(...notesOnRuntime(spec, version));
  const pause = images.find(({ original }) => original.includes('/pause:'))?.image;
  if (pause !== undefined) say('kk-pause', pause);
  return notes;
}

function notesOnNames(spec: Json, images: readonly InstallerImage[]): readonly InstallerNote[] {
  const own = ownRegistry(spec);
  const { registry } = registries4(spec, digText(spec, 'zone'));
  const set = digText(spec, 'image_registry', 'auth', 'registry');
  const notes: InstallerNote[] = [];
  if (own !== undefined) notes.push({ note: 'kk4-own-registry', value: own });
  else if (set !== undefined) notes.push({ note: 'kk4-zone-needs-no-registry', value: set });
  else notes.push({ note: 'kk4-zone', value: cnRegistry4 });
  if (registry === undefined) return notes;
  notes.push({ note: 'registry-covers', value: registry });
  const hosts = new Set(images.map(({ original }) => parseReference(original).registry));
  hosts.delete('docker.io');
  if (hosts.size > 0) {
    const names = [...hosts].map((host) => `${host}/*`).join(', ');
    notes.push({ note: 'registry-host-lost', value: names });
  }
  return notes;
}

function notesOnRuntime(spec: Json, version: string): readonly InstallerNote[] {
  const cri = dig(spec, 'cri');
  const texts = (key: string): readonly string[] =>
    asList(dig(cri, 'registry', key)).filter((it) => typeof it === 'string');
  const notes: InstallerNote[] = [];
  const say = (note: InstallerNote['note'], value: string): void => void notes.push({ note, value });
  if (texts('mirrors').length > 0) say('kk-mirrors-docker-only', 'cri.registry.mirrors');
  if (texts('insecure_registries').length > 0)
    say('kk-insecure-http', texts('insecure_registries').join(', '));
  if (compareReleases(version, ownConfigSince) < 0) return notes;
  const path = digText(cri, 'containerd', 'config', 'plugins', criPlugin, 'registry', 'config_path');
  // Absent is not empty: KubeKey then writes an endpoint for docker.io.
  const hasMirrors = dig(cri, 'registry', 'mirrors') === undefined || texts('mirrors').length > 0;
  if (path !== undefined && hasMirrors) say('kk4-config-path', path);
  if (digText(cri, 'containerd', 'config_policy') === 'merge')
    say('kk4-config-merge', 'cri.containerd.config_policy');
  return notes;
}
