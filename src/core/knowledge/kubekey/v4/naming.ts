import { normaliseImage, parseReference } from '../../../image/index.ts';
import type { Json } from '../../../model/index.ts';
import { dig, digText } from '../../pods/index.ts';

/** What `zone: cn` stands for where no registry is set. */
export const cnRegistry4 = 'hub.kubesphere.com.cn';

/** What `spec.image_registry` says about names. */
export type Registries4 = {
  /** `auth.registry`: takes the place of every host. */
  readonly registry?: string;
  /** `dockerio_registry` and the like: in place of one host. */
  readonly hosts: Readonly<Record<string, string>>;
  /** KubeKey sets up a registry of its own, at an address that the file does not say. */
  readonly isOwn: boolean;
};

const hostKeys = {
  'docker.io': 'dockerio_registry',
  'quay.io': 'quayio_registry',
  'ghcr.io': 'ghcrio_registry',
  'registry.k8s.io': 'k8sio_registry',
} as const;

/** Reads `spec.image_registry` and `spec.zone`: roles/defaults/defaults/main/02-image_registry.yaml. */
export function registries4(spec: Json, zone: string | undefined): Registries4 {
  const block = dig(spec, 'image_registry');
  const type = digText(block, 'type') ?? '';
  const address = digText(block, 'ha_vip') ?? '';
  const ofZone = type === '' && zone === 'cn' ? cnRegistry4 : '';
  const registry = digText(block, 'auth', 'registry') ?? (type === '' ? ofZone : address);
  const hosts = Object.entries(hostKeys).flatMap(([host, key]) => {
    const value = digText(block, key);
    return value === undefined ? [] : [[host, value] as const];
  });
  return {
    ...(registry === '' ? {} : { registry }),
    hosts: Object.fromEntries(hosts),
    isOwn: type !== '' && registry === '',
  };
}

/** The name that KubeKey 4 makes of an original one: the host goes, the path stays. */
export function kubekey4Name(original: string, { registry, hosts }: Omit<Registries4, 'isOwn'>): string {
  const { registry: host, repository, tag } = parseReference(original);
  const at = hosts[host] ?? registry ?? host;
  // kubernetes.image_repository and sandbox_image.repository: 03-kubernetes.yaml.
  const isCore = host === 'registry.k8s.io' && !repository.includes('/');
  const path = isCore && registry !== undefined ? `kubernetes/${repository}` : repository;
  // What kubeadm is told has no `library/`: the original is short for it only on Docker Hub.
  const own = at !== host && path === 'library/etcd' ? 'etcd' : path;
  return normaliseImage(`${at}/${own}:${tag ?? 'latest'}`);
}
