import { normaliseImage, parseReference } from '../../../image/index.ts';
import type { Json } from '../../../model/index.ts';
import { dig, digText } from '../../pods/index.ts';
import type { ImageRow } from './images.data.ts';

/** What `zone: cn` stands for where no registry is set. */
export const cnRegistry4 = 'hub.kubesphere.com.cn';

/** What `spec.image_registry` says about names. */
export type Registries4 = {
  /** `auth.registry`: takes the place of every host. */
  readonly registry?: string;
  /** `dockerio_registry` and the like: in place of one host. */
  readonly hosts: Readonly<Record<string, string>>;
};

/** The fields that stand for one host each. */
export const hostKeys = {
  'docker.io': 'dockerio_registry',
  'quay.io': 'quayio_registry',
  'ghcr.io': 'ghcrio_registry',
  'registry.k8s.io': 'k8sio_registry',
} as const;

/** The registry that KubeKey installs itself; what fills it is fetched by other names. */
export function ownRegistry(spec: Json): string | undefined {
  return digText(spec, 'image_registry', 'type');
}

/**
 * Reads `spec.image_registry` and `spec.zone`: roles/defaults/defaults/main/02-image_registry.yaml, and for what fills a
 * registry of its own 10-download.yaml, `download.images.registry`.
 */
export function registries4(spec: Json, zone: string | undefined): Registries4 {
  const ofZone = zone === 'cn' ? cnRegistry4 : undefined;
  const block = dig(spec, 'image_registry');
  const isOwn = ownRegistry(spec) !== undefined;
  const registry = isOwn ? ofZone : (digText(block, 'auth', 'registry') ?? ofZone);
  const hosts = Object.entries(hostKeys).flatMap(([host, key]) => {
    const value = isOwn ? undefined : digText(block, key);
    return value === undefined ? [] : [[host, value] as const];
  });
  return { ...(registry === undefined ? {} : { registry }), hosts: Object.fromEntries(hosts) };
}

/** The name that KubeKey 4 makes of an original one: the host goes, the path stays. */
export function kubekey4Name(original: string, registries: Registries4): string {
  const { at, path, tag } = partsOf(original, registries);
  return normaliseImage(`${at}/${path}:${tag}`);
}

/** The name of an image that `spec` may give a registry or repository of its own. */
export function nameIn(spec: Json, original: string, row: ImageRow, registries: Registries4): string {
  if (ownRegistry(spec) !== undefined) return kubekey4Name(original, registries);
  const parts = partsOf(original, registries);
  const repository = digText(spec, 'kubernetes', 'image_repository');
  if (row.image.startsWith('registry.k8s.io/kube-') && repository !== undefined) {
    return normaliseImage(`${repository}/${parseReference(original).repository}:${parts.tag}`);
  }
  if (row.block === undefined) return kubekey4Name(original, registries);
  const at = digText(spec, ...row.block, 'registry') ?? parts.at;
  const own = digText(spec, ...row.block, 'repository');
  const last = parts.path.split('/').at(-1) ?? '';
  if (row.behind === 'registry') return normaliseImage(`${at}/${last}:${parts.tag}`);
  const path = own === undefined ? parts.path : `${own}${row.behind === 'repository' ? `/${last}` : ''}`;
  return normaliseImage(`${at}/${path}:${parts.tag}`);
}

function partsOf(
  original: string,
  { registry, hosts }: Registries4,
): Readonly<Record<'at' | 'path' | 'tag', string>> {
  const { registry: host, repository, tag = 'latest' } = parseReference(original);
  const at = hosts[host] ?? registry ?? host;
  // kubernetes.image_repository and sandbox_image.repository: 03-kubernetes.yaml.
  const isCore = host === 'registry.k8s.io' && !repository.includes('/');
  const path = isCore && registry !== undefined ? `kubernetes/${repository}` : repository;
  // What kubeadm is told has no `library/`: the original is short for it only on Docker Hub.
  return { at, path: at !== host && path === 'library/etcd' ? 'etcd' : path, tag };
}
