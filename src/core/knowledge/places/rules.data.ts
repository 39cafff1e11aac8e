/** Words of a field, variable or flag that say "an image stands here". */
export const imageWords: ReadonlySet<string> = new Set(['image', 'images', 'img']);

/** Last words of names that speak of an image but do not hold one, e.g. `imagePullPolicy`, `IMAGE_TAG`. */
export const attributeWords: ReadonlySet<string> = new Set([
  'always',
  'cache',
  'config',
  'count',
  'digest',
  'dir',
  'directory',
  'enabled',
  'file',
  'filter',
  'format',
  'gc',
  'host',
  'id',
  'key',
  'namespace',
  'os',
  'path',
  'policy',
  'port',
  'prefix',
  'pull',
  'registries',
  'registry',
  'repo',
  'repository',
  'secret',
  'secrets',
  'size',
  'suffix',
  'tag',
  'tags',
  'threshold',
  'timeout',
  'type',
  'version',
]);

/** Fields that hold words for people. */
export const proseKeys: ReadonlySet<string> = new Set([
  'about',
  'changelog',
  'comment',
  'description',
  'displayname',
  'documentation',
  'explanation',
  'help',
  'message',
  'note',
  'notes',
  'readme',
  'reason',
  'summary',
  'title',
  'usage',
]);

/** Fields whose parts of names are for images elsewhere. */
export const sharedKeys: ReadonlySet<string> = new Set(['common', 'default', 'defaults', 'global']);

/** Below these keys of any object nothing is put into a pod. */
export const idleKeys: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'labels',
  'managedFields',
  'ownerReferences',
]);

/**
 * Kinds, with their group, that speak of images and bring none into a pod: mirrors, policies, scanners, and what is
 * no object of a cluster. `*` is every kind of the group.
 */
export const idleKinds: ReadonlySet<string> = new Set([
  '*.aquasecurity.github.io',
  '*.chainsaw.kyverno.io',
  '*.cli.kyverno.io',
  '*.constraints.gatekeeper.sh',
  '*.image.toolkit.fluxcd.io',
  '*.imgpkg.carvel.dev',
  '*.kind.x-k8s.io',
  '*.kuttl.dev',
  '*.policy.sigstore.dev',
  '*.skaffold',
  '*.templates.gatekeeper.sh',
  'AssignImage.mutations.gatekeeper.sh',
  'CloudProfile.core.gardener.cloud',
  'GrafanaDashboard.grafana.integreatly.org',
  'Image.config.openshift.io',
  'ImageConfig.pkg.crossplane.io',
  'ImageContentPolicy.config.openshift.io',
  'ImageContentSourcePolicy.operator.openshift.io',
  'ImageDigestMirrorSet.config.openshift.io',
  'ImageTagMirrorSet.config.openshift.io',
  'NamespacedCloudProfile.core.gardener.cloud',
  'PrometheusRule.monitoring.coreos.com',
  'VMRule.operator.victoriametrics.com',
  'ImageUpdater.argocd-image-updater.argoproj.io',
]);

/** Fields of a group's kinds that compare images with others; the rest of these kinds makes pods, or changes them. */
export const idleFields: Readonly<Record<string, ReadonlySet<string>>> = {
  'kyverno.io': new Set(['context', 'exclude', 'match', 'preconditions', 'validate', 'verifyImages']),
  'policies.kyverno.io': new Set([
    'attestations',
    'images',
    'matchConditions',
    'matchConstraints',
    'matchImageReferences',
    'validations',
    'variables',
  ]),
};

/** Kinds whose `image` is the disk of a machine, unless it tells by itself that it is another one. */
export const machineKinds =
  /(?:(?<!Virtual)Machine|Machine(?:Template|Set|Pool|Deployment|Class|Config)|InstanceGroup|Node(?:Class|Template))$/;

/** Neighbours by which a container is told from another thing with an `image`, e.g. a virtual machine. */
export const containerKeys: readonly string[] = [
  'args',
  'cmd',
  'command',
  'env',
  'envFrom',
  'imagePullPolicy',
  'imagePullSecrets',
  'livenessProbe',
  'port',
  'ports',
  'pullPolicy',
  'readinessProbe',
  'replicas',
  'resources',
  'script',
  'securityContext',
  'serviceAccount',
  'serviceAccountName',
  'source',
  'volumeMounts',
  'workingDir',
];

/** Lists of containers in pod specs, wherever they stand. */
export const containerLists: ReadonlySet<string> = new Set([
  'containers',
  'initContainers',
  'ephemeralContainers',
  'sidecars',
  'steps',
]);

/** Fields that together make one name: each row in the order in which the parts are joined by slashes. */
export const nameParts = {
  registry: ['registry', 'hub', 'imageRegistry', 'image_registry'],
  repository: ['repository', 'repo', 'imageRepository', 'image_repository'],
  image: ['image', 'imageName', 'image_name'],
  tag: ['tag', 'imageTag', 'image_tag', 'imageVersion', 'image_version', 'defaultImageVersion'],
  digest: ['digest', 'imageDigest', 'sha', 'sha256'],
} as const;

/**
 * Annotations from which an admission webhook takes the image of a container that it adds. Any other annotation is
 * a note: nothing pulls it.
 */
export const injectorAnnotations: ReadonlySet<string> = new Set([
  'config.linkerd.io/debug-image',
  'config.linkerd.io/init-image',
  'config.linkerd.io/proxy-image',
  'consul.hashicorp.com/envoy-image',
  'dapr.io/sidecar-image',
  'instrumentation.opentelemetry.io/container-image',
  'sidecar.istio.io/proxyImage',
  'sidecar.jaegertracing.io/image',
  'sidecar.opentelemetry.io/image',
  'vault.hashicorp.com/agent-image',
]);

/** Words of an annotation that speak of a container which somebody adds. */
export const injectorWords: ReadonlySet<string> = new Set([
  'agent',
  'container',
  'custom',
  'inject',
  'injected',
  'injector',
  'proxy',
  'sidecar',
]);

/** Hosts whose paths name code, e.g. Go modules; nobody pulls an image from them. */
export const codeHosts: ReadonlySet<string> = new Set([
  'bitbucket.org',
  'gitee.com',
  'github.com',
  'gitlab.com',
  'golang.org',
  'google.golang.org',
  'gopkg.in',
  'go.uber.org',
  'k8s.io',
  'sigs.k8s.io',
]);

/** Kinds of OpenShift that old files have in the group of Kubernetes itself. */
export const oldKinds: ReadonlySet<string> = new Set(['BuildConfig', 'DeploymentConfig', 'ImageStream']);

/** API groups of Kubernetes itself: of them only pod templates, ConfigMaps and Secrets bring images into pods. */
export const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  // `images:` of a kustomization renames what others name.
  'kustomize.config.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);
