import { counted } from '../../../../core/i18n/index.ts';

const notes = {
  'installer-itself': (name: string) =>
    `${name} itself is named by kubesphere-installer.yaml, which no setting reaches: give that file too`,
  'registry-covers': (r: string) => `every image that a setting reaches comes from ${r}`,
  'registry-host-lost': (names: string) =>
    `the original host is dropped, so a proxy of Docker Hub alone does not have ${names}`,
  'registry-library': (path: string) => `official images of Docker Hub are looked for below ${path}`,
  'zone-cn-flattens': (path: string) =>
    `zone cn: every image comes from ${path}, by the last part of its name only`,
  'zone-beats-registry': (r: string) => `zone: cn wins, local_registry ${r} is not used`,
  'override-all': (space: string) => `every image gets the namespace ${space} in place of its own`,
  'override-without-registry': (space: string) =>
    `the namespace ${space} is set without a registry: KubeKey ignores it; ks-installer looks for it on the original hosts, but not for official images`,
  'fixed-images': (names: string) =>
    `no setting moves ${names}: it stands in a chart of the installer; put a copy on the nodes under this name, or mirror its registry in the runtime's configuration`,
  'pulls-always': (v: string) =>
    `the core pods of ${v} pull with Always: an image that is only on the node does not help them`,
  'ha-by-nodes': (name: string) =>
    `with more than one node whose role is "master" the installer turns on HA and pulls ${name} too`,
  'kubectl-by-cluster': (name: string) =>
    `the tag of ${name} follows the version of the cluster; for 1.22 and newer it is v1.22.0`,
  'kk-zone': (path: string) =>
    `KKZONE=cn would take every image from ${path}, by the last part of its name only, in place of namespaceOverride`,
  'kk-zone-needs-no-registry': (r: string) =>
    `KKZONE=cn changes no name here: privateRegistry ${r} switches it off`,
  'kk-version-assumed': (v: string) =>
    `the file does not say which KubeKey reads it: ${v} is assumed; --installer-version names another`,
  'kk-mirrors-docker-only': (key: string) => `${key} serve docker.io only, in containerd and in docker`,
  'kk-insecure-http': (hosts: string) => `containerd will speak http with ${hosts}, never https`,
  'kk-remote-mirrors': () =>
    'remoteMirrors cannot work: containerd refuses config_path beside registry.mirrors, and its CRI plugin does not start; use registryMirrors or hosts.toml files of your own',
  'kk4-own-registry': (type: string) =>
    `KubeKey sets up a ${type} of its own and fills it with these images: they are listed by their original names, under which they are fetched`,
  'kk4-cni-chart': (chart: string) =>
    `the chart ${chart} may bring more images than KubeKey names: pullmend preflight --chart lists what it renders`,
  'kk4-chart-unknown': (charts: string) =>
    `the images of ${charts} are not known and not listed: pullmend preflight --chart lists what such a chart renders`,
  'kk4-zone': (host: string) =>
    `zone: cn in spec takes every image from ${host}, the host dropped and the path kept, those of Kubernetes itself below kubernetes/; the variable KKZONE is for KubeKey 3, KubeKey 4 does not read it`,
  'kk4-zone-needs-no-registry': (r: string) =>
    `zone: cn changes no image name here: image_registry.auth.registry ${r} wins; it then only changes where programs and charts are downloaded from`,
  'kk4-config-path': (path: string) =>
    `containerd will not start its CRI plugin: config_path ${path} stands beside registry.mirrors, which KubeKey always writes for docker.io; set cri.registry.mirrors: [] too`,
  'kk4-config-merge': (key: string) =>
    `${key} is "merge": what a node's config.toml says already wins over this file, for the sandbox image and registries too`,
  'kk-pause': (image: string) =>
    `the runtime's sandbox image will be ${image}; no manifest names it, and without it no pod starts`,
} as const;

/** `preflight`. */
export const preflight = {
  state: {
    works: 'can be had',
    elsewhere: 'only under another name',
    'ask-later': 'ask later',
    missing: 'missing',
    'not-asked': 'not asked',
  },
  identity: { same: 'same image', unverified: 'unverified', different: 'another digest' },
  from: (name: string) => `from ${name}`,
  later: 'only when that feature is used',
  retryAfter: (seconds: number) => `in ${seconds} s`,
  commandLine: 'named on the command line',
  platforms: (names: string, assumed: boolean) =>
    assumed ? `for ${names}, assumed; --platform or --cluster-nodes says otherwise` : `for ${names}`,
  installer: (name: string, version: string, images: string) => `${name} ${version} pulls ${images}`,
  summary: (works: number, elsewhere: number, later: number, missing: number) =>
    `${works} can be had · ${elsewhere} only under another name · ${later} ask later · ${missing} missing`,
  listed: counted('image, nobody was asked', 'images, nobody was asked'),
  fill: 'To fill the gaps:',
  advice: (file: string, key: string, value: string, covered: number, of: number) =>
    `in ${file} set ${key}: "${value}" — covers ${covered} of ${of} images`,
  uncovered: (image: string) => `not there: ${image}`,
  uncoveredFrom: (image: string, from: string) => `not there: ${image}; can be had as ${from}`,
  nothing: 'write files, images, --chart or --kustomize',
  platformTwice: '--platform and --cluster-nodes exclude one another',
  notes,
} as const;
