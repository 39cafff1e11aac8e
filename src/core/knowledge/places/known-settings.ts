import type { Json, JsonObject } from '../../model/index.ts';
import { asObject, asText, dig, isObject } from '../pods/index.ts';
import { fieldOf } from './parts.ts';
import { tellRegistry } from './registry-settings.ts';
import type { Walk } from './tell.ts';

/** Where objects hold a ClusterConfiguration of kubeadm, and the version of Kubernetes that it lacks there. */
const kubeadmPlaces: Readonly<
  Record<string, { readonly at: readonly string[]; readonly version?: readonly string[] }>
> = {
  'ClusterConfiguration.kubeadm.k8s.io': { at: [] },
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io': {
    at: ['spec', 'kubeadmConfigSpec', 'clusterConfiguration'],
    version: ['spec', 'version'],
  },
  'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io': {
    at: ['spec', 'template', 'spec', 'kubeadmConfigSpec', 'clusterConfiguration'],
  },
  'KubeadmConfig.bootstrap.cluster.x-k8s.io': { at: ['spec', 'clusterConfiguration'] },
  'KubeadmConfigTemplate.bootstrap.cluster.x-k8s.io': {
    at: ['spec', 'template', 'spec', 'clusterConfiguration'],
  },
};

const kubernetesImages = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
const defaultRegistry = 'registry.k8s.io';

/**
 * Tells the images of programs that make up names from a registry of their own configuration. True where the object
 * says no more of images.
 */
export function knownSettings(object: JsonObject, kind: string, base: string, to: Walk): boolean {
  const kubeadm = kubeadmPlaces[kind];
  if (kubeadm !== undefined) {
    const configuration = dig(object, ...kubeadm.at);
    if (isObject(configuration)) {
      const outer = kubeadm.version === undefined ? undefined : asText(dig(object, ...kubeadm.version));
      const path = [base, ...kubeadm.at].join('/');
      clusterConfiguration(configuration, path, outer, to);
    }
    return true;
  }
  if (kind === 'Installation.operator.tigera.io') {
    calico(object.spec, `${base}/spec`, to);
    return true;
  }
  if (/^Knative(?:Serving|Eventing)\.operator\.knative\.dev$/.test(kind)) {
    knative(dig(object, 'spec', 'registry', 'default'), `${base}/spec/registry/default`, to);
  }
  return false;
}

/** kubernetes: cmd/kubeadm/app/images/images.go. */
function clusterConfiguration(it: JsonObject, path: string, outer: string | undefined, to: Walk): void {
  const version = asText(it.kubernetesVersion) ?? outer ?? '';
  const tag = /^v?\d+\.\d+\.\d+/.test(version) ? `:v${version.replace(/^v/, '').replaceAll('+', '_')}` : ':*';
  const own = asText(it.imageRepository);
  const shared = {
    key: 'imageRepository',
    text: own ?? defaultRegistry,
    path: own === undefined ? path : `${path}/imageRepository`,
  };
  tellRegistry([shared], [...kubernetesImages.map((name) => `/${name}${tag}`), '/pause:*'], to);
  const part = (name: string, at: readonly string[]): void => {
    const object = asObject(dig(it, ...at));
    const text = asText(object.imageRepository);
    const field =
      text === undefined
        ? shared
        : { key: 'imageRepository', text, path: [path, ...at, 'imageRepository'].join('/') };
    const imageTag = fieldOf(object, ['imageTag'])?.text ?? '*';
    // The default registry has it one level below; kubeadm knows, and asks any other one without.
    const isDefault = name === 'coredns' && field.text === defaultRegistry;
    tellRegistry([field], [`/${name}:${imageTag}`], to, isDefault ? '/coredns' : '');
  };
  part('coredns', ['dns']);
  if (it.etcd === undefined || !isObject(dig(it, 'etcd', 'external'))) part('etcd', ['etcd', 'local']);
}

/** Calico's operator knows the names and versions; `registry`, `imagePath` and `imagePrefix` make them up. */
function calico(spec: Json | undefined, path: string, to: Walk): void {
  const object = asObject(spec);
  const registry = asText(object.registry);
  if (registry === undefined || registry === 'UseDefault') return;
  const imagePath = asText(object.imagePath);
  const own = { key: 'registry', text: registry, path: `${path}/registry` };
  if (imagePath === undefined || imagePath === 'UseDefault') tellRegistry([own], ['/calico/*'], to);
  else tellRegistry([own, { key: 'imagePath', text: imagePath, path: `${path}/imagePath` }], ['/*'], to);
}

/** `ghcr.io/acme/${NAME}:v2`: the operator puts in the name of the container. */
function knative(value: Json | undefined, path: string, to: Walk): void {
  const text = asText(value) ?? '';
  const at = text.indexOf('/${NAME}');
  if (at <= 0) return;
  const site = { path, start: 0, end: text.length };
  to.images.push({
    image: text,
    place: to.place,
    name: 'default',
    reason: 'registry-setting',
    site,
    open: { name: text.slice(0, at), tail: text.slice(at) },
  });
}
