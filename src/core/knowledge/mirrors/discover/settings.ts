import { parse } from 'yaml';
import { apiHost, tryParseReference, type Reference } from '../../../image/index.ts';
import { objectName, type Json, type JsonObject } from '../../../model/index.ts';
import { kubekeyVersions, registryBlock } from '../../kubekey/index.ts';
import { asList, asText, dig, digText, objectRef } from '../../pods/index.ts';
import type { RuntimeRoute } from '../../runtimes/index.ts';
import type { ConfiguredMirror } from './types.ts';

const hub = 'docker.io/**';
/** Hosts whose images ks-installer 3.x puts under `local_registry`: roles/download/defaults/main.yml. */
const ofInstaller = [hub, 'ghcr.io/**', 'quay.io/**'];
const cnCopies = 'registry.cn-beijing.aliyuncs.com/kubesphereio';

/**
 * `imageRepository` in the ConfigMap kubeadm-config: kubeadm takes its images by their last part from any registry but
 * its own (cmd/kubeadm/app/images, `GetDNSImage`).
 */
export function kubeadmMirrors(configMap: JsonObject): readonly ConfiguredMirror[] {
  const at = digText(yamlIn(configMap, 'ClusterConfiguration'), 'imageRepository');
  if (at === undefined || ['registry.k8s.io', 'k8s.gcr.io'].includes(at)) return [];
  const match = ['registry.k8s.io/*', 'registry.k8s.io/coredns/*'];
  return placed(at, 'last-segment', match, `${objectName(objectRef(configMap))} imageRepository`);
}

/**
 * What KubeSphere is told: `local_registry` or `zone: cn` of ks-installer 3.x (a ClusterConfiguration), or the registry
 * of extensions of ks-core 4.x (ConfigMap kubesphere-config).
 */
export function kubeSphereMirrors(object: JsonObject): readonly ConfiguredMirror[] {
  const name = objectName(objectRef(object));
  if (object.kind === 'ConfigMap') {
    const config = yamlIn(object, 'kubesphere.yaml');
    const keys = ['extension', 'imageRegistry'] as const;
    const at = digText(config, ...keys) ?? digText(config, 'kubesphere', ...keys);
    return at === undefined ? [] : placed(at, 'drop-host', [hub], `${name} ${keys.join('.')}`);
  }
  const registry = digText(object, 'spec', 'local_registry');
  if (digText(object, 'spec', 'zone') === 'cn')
    return placed(cnCopies, 'last-segment', [], `${name} spec.zone`);
  // Another namespace flattens names in a way that no scheme has.
  if (registry === undefined || digText(object, 'spec', 'namespace_override') !== undefined) return [];
  return placed(registry, 'drop-host', ofInstaller, `${name} spec.local_registry`);
}

/** `spec.registry` of a KubeKey 3.x configuration: its private registry, and mirrors of Docker Hub for the nodes. */
export function kubekeyMirrors(value: Json, file: string): readonly ConfiguredMirror[] {
  const { privateRegistry, namespaceOverride, rewrite } = registryBlock(
    dig(value, 'spec') ?? {},
    kubekeyVersions.at(-1) ?? '',
  );
  const mirrors = asList(dig(value, 'spec', 'registry', 'registryMirrors')).flatMap((it) => asText(it) ?? []);
  const plain = namespaceOverride === undefined && rewrite === undefined;
  return [
    ...(privateRegistry === undefined || !plain
      ? []
      : placed(privateRegistry, 'drop-host', [hub], `${file} spec.registry.privateRegistry`)),
    ...mirrors
      .filter((it) => URL.canParse(it))
      .flatMap((it) => {
        const url = new URL(it);
        return placed(url.host, 'drop-host', [hub], `${file} spec.registry.registryMirrors`, url);
      }),
  ];
}

/** The servers that a node's runtime asks for an image of a registry. */
export type RouteOfNode = { readonly node: string; readonly image: Reference; readonly route: RuntimeRoute };

/**
 * Mirrors in the settings of the nodes' runtimes. One that serves several registries from one place tells them apart by
 * `?ns=`, which no image name can say: it is left out.
 */
export function runtimeMirrors(routes: readonly RouteOfNode[]): readonly ConfiguredMirror[] {
  const found = routes.flatMap(({ node, image, route }) =>
    route.endpoints
      .filter(({ mirror }) => mirror)
      .flatMap((endpoint): readonly ConfiguredMirror[] => {
        const url = new URL(endpoint.repository);
        const folder = url.pathname.slice('/v2/'.length).replace(image.repository, '').replace(/\/+$/, '');
        const at = [url.host, ...(folder === '' ? [] : [folder])].join('/');
        if (url.host === apiHost(image.registry) || !url.pathname.startsWith('/v2/')) return [];
        const file = route.files.at(-1);
        const where = `Node/${node}${file === undefined ? '' : ` ${file}`}`;
        return placed(at, 'drop-host', [`${image.registry}/**`], where, url);
      }),
  );
  return [...Map.groupBy(found, ({ at }) => at).values()].flatMap((all) => {
    const [first] = all;
    const upstreams = new Set(all.flatMap(({ match }) => match));
    return first === undefined || upstreams.size > 1 ? [] : [first];
  });
}

function placed(
  at: string,
  scheme: ConfiguredMirror['scheme'],
  match: readonly string[],
  where: string,
  url?: URL,
): readonly ConfiguredMirror[] {
  const place = at.replace(/\/+$/, '');
  const first = place.split('/', 1).join('');
  if (!/[.:]|^localhost$/.test(first) || tryParseReference(`${place}/x/x`) === undefined) return [];
  return [{ scheme, at: place, match, where, ...(url?.protocol === 'http:' ? { plainHttp: true } : {}) }];
}

/** A document inside a ConfigMap; what is no YAML says nothing. */
function yamlIn(configMap: JsonObject, key: string): Json | undefined {
  try {
    return parse(digText(configMap, 'data', key) ?? '', { maxAliasCount: 100 }) as Json;
  } catch {
    return undefined;
  }
}
