import { compareReleases } from '../../base/index.ts';
import { normaliseImage } from '../../image/index.ts';
import type { Json } from '../../model/index.ts';
import { asList, dig, digText } from '../pods/index.ts';

/** What `spec.registry` of a KubeKey configuration says about names. */
export type RegistryBlock = {
  readonly privateRegistry?: string | undefined;
  readonly namespaceOverride?: string | undefined;
  /** Since v3.1.8. */
  readonly rewrite?: { readonly from: readonly string[]; readonly to: string } | undefined;
};

export const cnRegistry = 'registry.cn-beijing.aliyuncs.com';

/** Reads `spec.registry` as far as that release of KubeKey does. */
export function registryBlock(spec: Json, version: string): RegistryBlock {
  const registry = dig(spec, 'registry');
  const to = digText(registry, 'namespaceRewrite', 'dest');
  const obeysRewrite = digText(registry, 'namespaceRewrite', 'policy') === 'changePrefix';
  const from = asList(dig(registry, 'namespaceRewrite', 'src')).filter((it) => typeof it === 'string');
  return {
    privateRegistry: digText(registry, 'privateRegistry'),
    namespaceOverride: digText(registry, 'namespaceOverride'),
    rewrite:
      to !== undefined && obeysRewrite && compareReleases(version, 'v3.1.8') >= 0 ? { from, to } : undefined,
  };
}

/** Does `KKZONE=cn` change names: any other private registry switches it off. */
export function obeysZone({ privateRegistry }: RegistryBlock): boolean {
  return privateRegistry === undefined || privateRegistry === cnRegistry;
}

/**
 * The name that KubeKey 3.1 makes of `namespace/name:tag`. Source: cmd/kk/pkg/images/images.go of kubesphere/kubekey,
 * ImageRepo().
 */
export function kubekeyName(image: string, block: RegistryBlock, isZoneCn: boolean): string {
  const [namespace = '', ...name] = image.split('/');
  if (isZoneCn && obeysZone(block)) return normaliseImage([cnRegistry, 'kubesphereio', ...name].join('/'));
  const space = rewritten(namespace, block.rewrite);
  if (block.privateRegistry === undefined) return normaliseImage([space, ...name].join('/'));
  return normaliseImage([block.privateRegistry, block.namespaceOverride ?? space, ...name].join('/'));
}

/** The last of the sources that occurs wins; without one the target is put before the namespace. */
function rewritten(namespace: string, rewrite: RegistryBlock['rewrite']): string {
  if (rewrite === undefined) return namespace;
  const found = rewrite.from.findLast((it) => it !== '' && namespace.includes(it));
  return found === undefined ? `${rewrite.to}/${namespace}` : namespace.replaceAll(found, rewrite.to);
}
