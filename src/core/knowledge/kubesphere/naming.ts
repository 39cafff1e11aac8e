import { formatReference, parseReference } from '../../image/index.ts';

/** What ks-installer 3.x reads from a ClusterConfiguration about registries; absent and empty are the same. */
export type RegistrySettings = {
  readonly localRegistry?: string | undefined;
  readonly zone?: string | undefined;
  readonly namespaceOverride?: string | undefined;
};

const cnRegistry = 'registry.cn-beijing.aliyuncs.com';

/** Is everything taken from the Aliyun copies: `zone: cn`, or their registry as `local_registry`. */
export function isZoneCn({ localRegistry, zone }: RegistrySettings): boolean {
  return zone === 'cn' || localRegistry === cnRegistry;
}

/**
 * The name that ks-installer 3.3 and 3.4 make of an original one. The host is lost as soon as a registry is set, and
 * one-part names of Docker Hub get `library/`. Source: roles/download/defaults/main.yml of kubesphere/ks-installer.
 */
export function installerName(original: string, settings: RegistrySettings): string {
  const reference = parseReference(original);
  const [namespace = '', ...name] = reference.repository.split('/');
  if (isZoneCn(settings)) return renamed(cnRegistry, 'kubesphereio');
  const { localRegistry, namespaceOverride } = settings;
  const isLibrary = reference.registry === 'docker.io' && namespace === 'library';
  if (localRegistry !== undefined) return renamed(localRegistry, namespaceOverride ?? namespace);
  // Without a registry the variable for official images ignores the namespace.
  return isLibrary ? original : renamed(reference.registry, namespaceOverride ?? namespace);

  function renamed(registry: string, space: string): string {
    const path = [registry, space, ...name].join('/');
    return formatReference(parseReference(`${path}:${reference.tag ?? 'latest'}`));
  }
}
