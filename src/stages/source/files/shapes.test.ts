import { describe, expect, test } from 'vitest';
import { imagesIn } from './images-in.ts';

/** Shapes in which operators and charts name what they start; the images that each of them brings into a pod. */
type Shape = readonly [what: string, yaml: string, images: readonly string[]];

const digest = `sha256:${'a'.repeat(64)}`;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const operator = (told: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: operator }
spec:
  template:
    spec:
      containers:
        - name: c
${told.replaceAll(/^/gm, '          ')}
`;

const shapes: readonly Shape[] = [
  [
    'variables of an operator',
    operator(`env:
  - { name: RELATED_IMAGE_WEB, value: "quay.io/acme/web@${digest}" }
  - { name: OPERAND_IMAGE, value: acme/operand }
  - { name: WEB_IMAGE_TAG, value: v1.2 }
  - { name: WEB_IMAGE_PULL_POLICY, value: Always }
  - { name: IMAGE_REGISTRY, value: quay.io/acme }
  - { name: METRICS_ADDR, value: "0.0.0.0:8080" }
  - { name: MODULE, value: "github.com/acme/lib:v1.2.3" }
  - { name: POOL_IMAGES, value: "a=quay.io/acme/a:1,b=quay.io/acme/b:2" }`),
    [`quay.io/acme/web@${digest}`, 'acme/operand', 'quay.io/acme/a:1', 'quay.io/acme/b:2'],
  ],
  [
    'arguments of an operator',
    operator(`args:
  - --reloader-image=quay.io/acme/reloader:v1
  - -entrypoint-image
  - gcr.io/acme/entrypoint:v2
  - --images=proxy=acme/proxy:v3
  - --leader-elect-resource=system:leader
  - --image-pull-secret=acme/secret
  - --webhook=acme-webhook.acme.svc:443`),
    ['quay.io/acme/reloader:v1', 'gcr.io/acme/entrypoint:v2', 'acme/proxy:v3'],
  ],
  [
    'name and version of a Prometheus of old',
    `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: k8s }
spec:
  baseImage: quay.io/prometheus/prometheus
  version: v2.5.0
  thanos: { baseImage: quay.io/thanos/thanos, tag: v0.1.0 }
`,
    ['quay.io/prometheus/prometheus:v2.5.0', 'quay.io/thanos/thanos:v0.1.0'],
  ],
  [
    'parts in fields of an operand',
    `apiVersion: acme.io/v1
kind: Mesh
metadata: { name: m }
spec:
  controllerImage: ghcr.io/acme/controller
  controllerImageVersion: "2.1"
  policy: { image: { name: ghcr.io/acme/policy, version: "2.2", pullPolicy: Always } }
  driver: { repository: nvcr.io/acme, image: driver, version: "550" }
  web: { image: { registry: quay.io, repository: acme/web, tag: 1.20 } }
  init_container_image: acme/init
  init_container_tag: "3"
  chart: { repository: https://charts.acme.io, version: 1.2.3 }
  chartRepository: acme/charts
  chartVersion: 1.2.3
  osImage: ubuntu
  osVersion: "22.04"
`,
    [
      'ghcr.io/acme/controller:2.1',
      'ghcr.io/acme/policy:2.2',
      'nvcr.io/acme/driver:550',
      'quay.io/acme/web:1.20',
      'acme/init:3',
    ],
  ],
  [
    'registry and tag for all that stand below',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: injector }
data:
  values: |-
    { "global": { "hub": "docker.io/istio", "tag": "1.24",
        "proxy": { "image": "proxyv2", "resources": {} },
        "init": { "image": "docker.io/acme/init:1" } },
      "pilot": { "image": "pilot", "resources": {} } }
`,
    ['docker.io/istio/proxyv2:1.24', 'docker.io/acme/init:1'],
  ],
  [
    'registries of programs that know their images',
    `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.0
imageRepository: registry.k8s.io
dns: { imageRepository: registry.k8s.io, imageTag: v1.11.1 }
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: i }
spec: { hub: docker.io/istio, tag: 1.20.0, profile: default }
---
apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: { name: k }
spec: { imageRegistry: quay.io/kubevirt, imageTag: v1.2.0, imagePullPolicy: IfNotPresent }
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: { name: default }
spec: { registry: quay.io/, imagePath: calico }
---
apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata: { name: k }
spec: { registry: { default: "ghcr.io/acme/\${NAME}:v2", override: { queue: "ghcr.io/acme/queue:v3" } } }
`,
    [
      'registry.k8s.io/kube-apiserver:v1.30.0',
      'registry.k8s.io/kube-controller-manager:v1.30.0',
      'registry.k8s.io/kube-scheduler:v1.30.0',
      'registry.k8s.io/kube-proxy:v1.30.0',
      'registry.k8s.io/pause:*',
      'registry.k8s.io/coredns/coredns:v1.11.1',
      'registry.k8s.io/etcd:*',
      'docker.io/istio/pilot:1.20.0',
      'docker.io/istio/proxyv2:1.20.0',
      'quay.io/kubevirt/*:v1.2.0',
      'quay.io/calico/*',
      'ghcr.io/acme/${NAME}:v2',
      'ghcr.io/acme/queue:v3',
    ],
  ],
  [
    'workflows',
    `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: { name: w }
spec:
  templates:
    - name: a
      container: { image: busybox, command: [sh, -c, "echo at/least:1"] }
      sidecars: [{ name: s, image: nginx }]
      initContainers: [{ name: i, image: "alpine:3" }]
    - name: b
      script: { image: "python:3.12", source: "print(1)" }
    - name: c
      container: { image: "{{inputs.parameters.image}}", args: [x] }
`,
    ['busybox', 'nginx', 'alpine:3', 'python:3.12'],
  ],
  [
    'tasks',
    `apiVersion: tekton.dev/v1
kind: Task
metadata: { name: t }
spec:
  params: [{ name: BUILDER_IMAGE, default: "quay.io/buildah/stable:v1.18.0" }]
  stepTemplate: { image: ubuntu, env: [] }
  steps:
    - { name: a, image: "gcr.io/acme/step:1" }
    - { name: b, image: "$(params.BUILDER_IMAGE)" }
  sidecars: [{ name: d, image: "docker:dind" }]
`,
    ['quay.io/buildah/stable:v1.18.0', 'ubuntu', 'gcr.io/acme/step:1', 'docker:dind'],
  ],
  [
    'settings with an example beside them',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: config-deployment }
data:
  queue-sidecar-image: gcr.io/knative/queue@${digest}
  _example: |
    queue-sidecar-image: gcr.io/knative/example:1
`,
    [`gcr.io/knative/queue@${digest}`],
  ],
  [
    'lines of properties',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: spark }
data:
  spark.properties: |
    # spark.kubernetes.container.image=apache/spark:3.4.0
    spark.kubernetes.container.image=apache/spark:3.5.0
    spark.master=k8s://https://kubernetes.default:443
    spark.ui.reverseProxyUrl=http://proxy:8080/a
  flink-conf.yaml: |
    kubernetes.container.image: flink:1.17
    jobmanager.rpc.address: jobmanager
`,
    ['apache/spark:3.5.0', 'flink:1.17'],
  ],
  [
    'a version of an operator for OLM',
    `apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata:
  name: acme.v1
  annotations:
    alm-examples: '[{"kind": "Mesh", "spec": {"image": "acme/example:1"}}]'
    containerImage: quay.io/acme/operator:v1
spec:
  description: Runs quay.io/acme/prose:v1
  install:
    spec:
      deployments:
        - name: operator
          spec: { template: { spec: { containers: [{ name: c, image: "quay.io/acme/operator:v1" }] } } }
  relatedImages:
    - { name: web, image: "quay.io/acme/web@${digest}" }
`,
    ['quay.io/acme/operator:v1', `quay.io/acme/web@${digest}`],
  ],
  [
    'databases',
    `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: pg }
spec: { imageName: "ghcr.io/cloudnative-pg/postgresql:17.4", instances: 3 }
---
apiVersion: acid.zalan.do/v1
kind: OperatorConfiguration
metadata: { name: o }
configuration:
  docker_image: ghcr.io/zalando/spilo-16:3.2-p2
  sidecar_docker_images: { log: "acme/log:1" }
  connection_pooler: { connection_pooler_image: "registry.opensource.zalan.do/acid/pgbouncer:master-32" }
`,
    [
      'ghcr.io/cloudnative-pg/postgresql:17.4',
      'ghcr.io/zalando/spilo-16:3.2-p2',
      'acme/log:1',
      'registry.opensource.zalan.do/acid/pgbouncer:master-32',
    ],
  ],
  [
    'Secrets, not those of credentials',
    `apiVersion: v1
kind: Secret
metadata: { name: settings }
data: { config.yaml: "${base64('builder: { image: acme/builder:1 }\npassword: quay.io/x:y')}" }
---
apiVersion: v1
kind: Secret
type: kubernetes.io/dockerconfigjson
metadata: { name: pull }
data: { .dockerconfigjson: "${base64('{"auths":{"quay.io/acme/image:1":{}}}')}" }
`,
    ['acme/builder:1'],
  ],
  [
    'what a definition puts in by default',
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: agents.acme.io }
spec:
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          properties:
            spec:
              properties:
                image: { type: string, default: "ghcr.io/acme/agent:1", description: such as acme/other:1 }
                listen: { type: string, default: "0.0.0.0:80" }
                sidecar: { type: object, default: { image: acme/sidecar:2 } }
`,
    ['ghcr.io/acme/agent:1', 'acme/sidecar:2'],
  ],
  [
    'annotations for who adds containers',
    `apiVersion: v1
kind: Pod
metadata:
  name: p
  annotations:
    admission.datadoghq.com/java-lib.custom-image: gcr.io/datadoghq/dd-lib-java-init:v1
    acme.io/sidecars: '[{"name": "log", "image": "acme/log:1"}]'
    acme.io/previous-image: acme/was:1
    kubectl.kubernetes.io/last-applied-configuration: '{"kind":"Pod","spec":{"image":"acme/applied:1"}}'
spec: { containers: [{ name: c, image: acme/app:1 }] }
`,
    ['gcr.io/datadoghq/dd-lib-java-init:v1', 'acme/log:1', 'acme/app:1'],
  ],
  [
    'deliveries of charts',
    `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: h }
spec:
  chart: { spec: { chart: podinfo, version: 6.5.0, sourceRef: { kind: HelmRepository, name: acme } } }
  values:
    image: { repository: ghcr.io/stefanprodan/podinfo, tag: 6.5.0 }
    redis: { enabled: true, repository: public.ecr.aws/docker/library/redis, tag: 7.0.6 }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: a }
spec:
  source:
    repoURL: https://github.com/acme/deploy
    path: deploy/app:1
    targetRevision: v1.2.3
    helm: { parameters: [{ name: image.tag, value: v1 }, { name: image.repository, value: acme/app }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: o }
spec: { url: "oci://ghcr.io/acme/manifests", ref: { tag: v1 } }
`,
    [
      'ghcr.io/stefanprodan/podinfo:6.5.0',
      'public.ecr.aws/docker/library/redis:7.0.6',
      'acme/app:v1',
      'ghcr.io/acme/manifests:v1',
    ],
  ],
  [
    'a registry above all images, and a tag above some of them',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: images }
data:
  images.yaml: |
    base: quay.io/acme
    components:
      server: { image: server, tag: v1 }
      loader:
        image: loader-noble
        tag: v9
        match:
          - { osImage: Ubuntu, image: loader-jammy }
      foreign: { image: ghcr.io/other/agent, tag: v2 }
`,
    [
      'quay.io/acme/server:v1',
      'quay.io/acme/loader-noble:v9',
      'quay.io/acme/loader-jammy:v9',
      'ghcr.io/other/agent:v2',
    ],
  ],
  [
    'a digest where the version stands',
    `apiVersion: mellanox.com/v1alpha1
kind: NicNodePolicy
metadata: { name: n }
spec:
  plugin: { repository: nvcr.io/acme, image: plugin, version: "${digest}" }
`,
    [`nvcr.io/acme/plugin@${digest}`],
  ],
  [
    'a repository that lacks the last part of the name; in a list the name is what it is called',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  image_config.yaml: |
    apiVersion: config.acme.io/v1beta2
    kind: ImageConfig
    images:
      logger: { repository: acme, name: system-logger, tag: v1.31.0 }
      cache: { repository: redis, name: redis, tag: "7" }
    sidecars:
      - { repository: busybox, name: wait, tag: "1.36" }
`,
    ['acme/system-logger:v1.31.0', 'redis:7', 'busybox:1.36'],
  ],
  [
    'pairs of flat keys and of variables',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  trivy.repository: ghcr.io/acme/trivy
  trivy.tag: "0.39.0"
  AIRFLOW__WORKER_CONTAINER_REPOSITORY: ghcr.io/acme/worker
  AIRFLOW__WORKER_CONTAINER_TAG: v2
  dags.git.repo: acme/dags
  dags.git.tag: v3
  app.repo: acme/app
  app.version: 1.2.3
  GITHUB_REPO: acme/tool
  GITHUB_TAG: v1.0
---
${operator(`env:
  - { name: IMAGE_REPOSITORY, value: acme/operand }
  - { name: IMAGE_TAG, value: v4 }
  - { name: PROXY_IMAGE, value: proxy }
  - { name: PROXY_TAG, value: "1.36" }
  - { name: PROXY_REGISTRY, value: quay.io/acme }
  - { name: AGENT_IMAGE_NAME, value: agent }
  - { name: AGENT_IMAGE_TAG, value: "7" }`)}`,
    ['ghcr.io/acme/trivy:0.39.0', 'ghcr.io/acme/worker:v2', 'acme/operand:v4', 'quay.io/acme/proxy:1.36'],
  ],
  [
    'versions of whole names, with digests too',
    `apiVersion: scylla.scylladb.com/v1
kind: ScyllaCluster
metadata: { name: s }
spec:
  version: 2026.2.4
  repository: docker.io/acme/db
  agentVersion: 3.12.0@${digest}
  agentRepository: docker.io/acme/agent
  global: { repository: nvcr.io/acme/all, version: v2 }
`,
    ['docker.io/acme/db:2026.2.4', `docker.io/acme/agent:3.12.0@${digest}`],
  ],
  [
    'objects in a template of OpenShift; names within the cluster are none',
    `apiVersion: v1
kind: Template
metadata: { name: t }
objects:
  - apiVersion: batch/v1
    kind: Job
    metadata: { name: j }
    spec: { template: { spec: { containers: [{ name: c, image: quay.io/acme/job:v1 }] } } }
  - apiVersion: v1
    kind: DeploymentConfig
    metadata: { name: d }
    spec: { template: { spec: { containers: [{ name: c, image: "acme:latest" }] } } }
  - apiVersion: build.openshift.io/v1
    kind: BuildConfig
    metadata: { name: b }
    spec: { source: { images: [{ from: { kind: ImageStreamTag, name: "plugin:latest" } }] } }
`,
    ['quay.io/acme/job:v1', 'acme:latest'],
  ],
  [
    'elements of XML, and a disk that comes from a registry',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: agents }
data:
  java: |
    <org.acme.ContainerTemplate>
      <image>registry.acme.svc:5000/acme/java:latest</image>
      <workingDir>/home/agent:1</workingDir>
    </org.acme.ContainerTemplate>
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: d }
spec: { source: { registry: { url: "docker://acme/disk" } } }
`,
    ['registry.acme.svc:5000/acme/java:latest', 'acme/disk'],
  ],
  [
    'code that ko will build',
    `apiVersion: v1
kind: Pod
metadata: { name: p }
spec: { containers: [{ name: c, image: "ko://github.com/acme/app/cmd/app" }, { name: d, image: acme/d }] }
`,
    ['acme/d'],
  ],
  [
    'nothing of all this',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  time: "10:30"
  go.mod: "require sigs.k8s.io/yaml:v1.4.0"
  bucket: s3://acme/backup:1.0
  nginx.conf: |
    upstream web { server web.acme.svc.cluster.local:8080; }
    location /images/a:1.0 { }
  checksum: ${digest}
  rules: 'sum(rate(container_cpu{image!="", pod=~"a/b:1"}[5m]))'
  mirrors.yaml: |
    imagePullPolicy: Always
    image: { registry: quay.io, tag: "1" }
`,
    [],
  ],
];

describe('images of', () => {
  test.each(shapes)('%s', (_, text, expected) => {
    const { usages } = imagesIn({ path: 'shape.yaml', text, sha256: '' });
    expect(usages.map(({ image }) => image).toSorted()).toEqual([...expected].toSorted());
  });
});
