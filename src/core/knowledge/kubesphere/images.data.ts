import type { Component } from './components.ts';

/** An image of ks-installer, since when with which tag, and which part of the platform brings it. */
export type ImageRow = {
  readonly component: Component;
  readonly repository: string;
  /** The tag from a version on; `{version}` stands for the installer's own. */
  readonly tags: Readonly<Record<string, string>>;
  /** The first version that no longer has it. */
  readonly until?: string;
  /** Written into a configuration; pulled when somebody uses that feature. */
  readonly later?: true;
  /** Written into a chart of the installer, where no setting reaches it. */
  readonly fixed?: true;
};

/** The releases that were read. */
export const installerVersions = ['v3.3.0', 'v3.3.1', 'v3.3.2', 'v3.4.0', 'v3.4.1'] as const;

/** Pods of ks-core ask the registry at each start with `Always`: roles/download/defaults/main.yml, ks_image_pull_policy. */
export const pullsAlways: readonly string[] = ['v3.3.0', 'v3.4.0', 'v3.4.1'];

/**
 * From kubesphere/ks-installer, tags v3.3.0 to v3.4.1: names and tags in roles/download/defaults/main.yml, the part that
 * uses them in the templates and tasks of each role.
 */
export const imageRows: readonly ImageRow[] = [
  { component: 'core', repository: 'docker.io/kubesphere/ks-apiserver', tags: { 'v3.3.0': '{version}' } },
  { component: 'core', repository: 'docker.io/kubesphere/ks-console', tags: { 'v3.3.0': '{version}' } },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/ks-controller-manager',
    tags: { 'v3.3.0': '{version}' },
  },
  {
    component: 'core',
    repository: 'docker.io/mirrorgooglecontainers/defaultbackend-amd64',
    tags: { 'v3.3.0': '1.4' },
  },
  { component: 'core', repository: 'docker.io/csiplugin/snapshot-controller', tags: { 'v3.3.0': 'v4.0.0' } },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/nginx-ingress-controller',
    tags: { 'v3.3.0': 'v1.1.0', 'v3.4.0': 'v1.3.1' },
    later: true,
  },
  { component: 'core', repository: 'docker.io/library/alpine', tags: { 'v3.3.0': '3.14' }, later: true },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/examples-bookinfo-productpage-v1',
    tags: { 'v3.3.0': '1.16.2' },
    later: true,
  },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/examples-bookinfo-reviews-v1',
    tags: { 'v3.3.0': '1.16.2' },
    later: true,
  },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/examples-bookinfo-reviews-v2',
    tags: { 'v3.3.0': '1.16.2' },
    later: true,
  },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/examples-bookinfo-details-v1',
    tags: { 'v3.3.0': '1.16.2' },
    later: true,
  },
  {
    component: 'core',
    repository: 'docker.io/kubesphere/examples-bookinfo-ratings-v1',
    tags: { 'v3.3.0': '1.16.3' },
    later: true,
  },
  {
    component: 'metrics-server',
    repository: 'docker.io/kubesphere/metrics-server',
    tags: { 'v3.3.0': 'v0.4.2' },
  },
  { component: 'redis', repository: 'docker.io/library/redis', tags: { 'v3.3.0': '5.0.14-alpine' } },
  { component: 'redis-ha', repository: 'docker.io/library/haproxy', tags: { 'v3.3.0': '2.0.25-alpine' } },
  { component: 'openldap', repository: 'docker.io/osixia/openldap', tags: { 'v3.3.0': '1.3.0' } },
  {
    component: 'minio',
    repository: 'docker.io/minio/minio',
    tags: { 'v3.3.0': 'RELEASE.2019-08-07T01-59-21Z' },
  },
  {
    component: 'minio',
    repository: 'docker.io/minio/mc',
    tags: { 'v3.3.0': 'RELEASE.2019-08-07T23-14-43Z' },
  },
  {
    component: 'elasticsearch',
    repository: 'docker.io/kubesphere/elasticsearch-oss',
    tags: { 'v3.3.0': '6.8.22' },
    until: 'v3.4.0',
  },
  {
    component: 'elasticsearch-curator',
    repository: 'docker.io/kubesphere/elasticsearch-curator',
    tags: { 'v3.3.0': 'v5.7.6' },
  },
  {
    component: 'opensearch',
    repository: 'docker.io/opensearchproject/opensearch',
    tags: { 'v3.4.0': '2.6.0' },
  },
  {
    component: 'opensearch',
    repository: 'docker.io/kubesphere/opensearch-curator',
    tags: { 'v3.4.0': 'v0.0.5' },
  },
  {
    component: 'opensearch-dashboard',
    repository: 'docker.io/opensearchproject/opensearch-dashboards',
    tags: { 'v3.4.0': '2.6.0' },
  },
  {
    component: 'log-collection',
    repository: 'docker.io/kubesphere/fluentbit-operator',
    tags: { 'v3.3.0': 'v0.13.0', 'v3.4.0': 'v0.14.0' },
  },
  { component: 'log-collection', repository: 'docker.io/library/docker', tags: { 'v3.3.0': '19.03' } },
  {
    component: 'log-collection',
    repository: 'docker.io/kubesphere/fluent-bit',
    tags: { 'v3.3.0': 'v1.8.11', 'v3.4.0': 'v1.9.4' },
  },
  {
    component: 'log-sidecar',
    repository: 'docker.io/kubesphere/log-sidecar-injector',
    tags: { 'v3.3.0': '1.1', 'v3.3.2': 'v1.2.0' },
  },
  {
    component: 'log-sidecar',
    repository: 'docker.io/jimmidyson/configmap-reload',
    tags: { 'v3.3.0': 'v0.5.0', 'v3.4.0': 'v0.7.1' },
  },
  {
    component: 'log-sidecar',
    repository: 'docker.io/elastic/filebeat',
    tags: { 'v3.3.0': '6.7.0' },
    later: true,
  },
  {
    component: 'events',
    repository: 'docker.io/kubesphere/kube-events-operator',
    tags: { 'v3.3.0': 'v0.4.0', 'v3.4.0': 'v0.6.0' },
  },
  {
    component: 'events',
    repository: 'docker.io/kubesphere/kube-events-exporter',
    tags: { 'v3.3.0': 'v0.4.0', 'v3.4.0': 'v0.6.0' },
  },
  {
    component: 'events-ruler',
    repository: 'docker.io/kubesphere/kube-events-ruler',
    tags: { 'v3.3.0': 'v0.4.0', 'v3.4.0': 'v0.6.0' },
  },
  {
    component: 'events',
    repository: 'docker.io/jimmidyson/configmap-reload',
    tags: { 'v3.3.0': 'v0.5.0', 'v3.4.0': 'v0.7.1' },
  },
  {
    component: 'auditing',
    repository: 'docker.io/kubesphere/kube-auditing-operator',
    tags: { 'v3.3.0': 'v0.2.0' },
  },
  {
    component: 'auditing',
    repository: 'docker.io/kubesphere/kube-auditing-webhook',
    tags: { 'v3.3.0': 'v0.2.0' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/prometheus-operator',
    tags: { 'v3.3.0': 'v0.55.1' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/prometheus-config-reloader',
    tags: { 'v3.3.0': 'v0.55.1' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/kube-rbac-proxy',
    tags: { 'v3.3.0': 'v0.11.0' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/prom/prometheus',
    tags: { 'v3.3.0': 'v2.34.0', 'v3.4.0': 'v2.39.1' },
  },
  { component: 'monitoring', repository: 'docker.io/prom/node-exporter', tags: { 'v3.3.0': 'v1.3.1' } },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/kube-state-metrics',
    tags: { 'v3.3.0': 'v2.3.0', 'v3.3.1': 'v2.5.0', 'v3.4.0': 'v2.6.0' },
  },
  { component: 'monitoring', repository: 'docker.io/prom/alertmanager', tags: { 'v3.3.0': 'v0.23.0' } },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/notification-manager-operator',
    tags: { 'v3.3.0': 'v1.4.0', 'v3.4.0': 'v2.3.0' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/kube-rbac-proxy',
    tags: { 'v3.3.0': 'v0.8.0', 'v3.4.0': 'v0.11.0' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/notification-manager',
    tags: { 'v3.3.0': 'v1.4.0', 'v3.4.0': 'v2.3.0' },
  },
  {
    component: 'monitoring',
    repository: 'docker.io/kubesphere/notification-tenant-sidecar',
    tags: { 'v3.3.0': 'v3.2.0' },
  },
  { component: 'grafana', repository: 'docker.io/grafana/grafana', tags: { 'v3.3.0': '8.3.3' } },
  {
    component: 'alerting',
    repository: 'docker.io/thanosio/thanos',
    tags: { 'v3.3.0': 'v0.25.2', 'v3.4.0': 'v0.31.0' },
  },
  { component: 'multicluster', repository: 'docker.io/kubesphere/kubefed', tags: { 'v3.3.0': 'v0.8.1' } },
  {
    component: 'multicluster',
    repository: 'docker.io/kubesphere/tower',
    tags: { 'v3.3.0': 'v0.2.0', 'v3.4.0': 'v0.2.1' },
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/devops-apiserver',
    tags: { 'v3.3.0': '{version}', 'v3.3.2': 'ks-{version}' },
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/devops-controller',
    tags: { 'v3.3.0': '{version}', 'v3.3.2': 'ks-{version}' },
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/devops-tools',
    tags: { 'v3.3.0': '{version}', 'v3.3.2': 'ks-{version}' },
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/ks-jenkins',
    tags: {
      'v3.3.0': '{version}-2.319.1',
      'v3.3.1': 'v3.3.0-2.319.1',
      'v3.4.0': '{version}-2.319.3-1',
      'v3.4.1': 'v3.4.0-2.319.3-1',
    },
  },
  { component: 'devops', repository: 'docker.io/kubesphere/s2ioperator', tags: { 'v3.3.0': 'v3.2.1' } },
  { component: 'devops', repository: 'quay.io/argoproj/argocd', tags: { 'v3.3.0': 'v2.3.3' } },
  { component: 'devops', repository: 'quay.io/argoproj/argocd-applicationset', tags: { 'v3.3.0': 'v0.4.1' } },
  { component: 'devops', repository: 'ghcr.io/dexidp/dex', tags: { 'v3.3.0': 'v2.30.2' } },
  { component: 'devops', repository: 'docker.io/library/redis', tags: { 'v3.3.0': '6.2.6-alpine' } },
  {
    component: 'app-store',
    repository: 'docker.io/kubesphere/openpitrix-jobs',
    tags: { 'v3.3.0': 'v3.2.1', 'v3.3.1': '{version}', 'v3.4.0': 'v3.3.2' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/istio/pilot',
    tags: { 'v3.3.0': '1.11.1', 'v3.4.0': '1.14.6' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/istio/proxyv2',
    tags: { 'v3.3.0': '1.11.1', 'v3.4.0': '1.14.6' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/jaegertracing/jaeger-operator',
    tags: { 'v3.3.0': '1.27', 'v3.4.0': '1.29' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/jaegertracing/jaeger-agent',
    tags: { 'v3.3.0': '1.27', 'v3.4.0': '1.29' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/jaegertracing/jaeger-collector',
    tags: { 'v3.3.0': '1.27', 'v3.4.0': '1.29' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/jaegertracing/jaeger-query',
    tags: { 'v3.3.0': '1.27', 'v3.4.0': '1.29' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/jaegertracing/jaeger-es-index-cleaner',
    tags: { 'v3.3.0': '1.27', 'v3.4.0': '1.29' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/kubesphere/kiali-operator',
    tags: { 'v3.3.0': 'v1.38.1', 'v3.4.0': 'v1.50.1' },
  },
  {
    component: 'service-mesh',
    repository: 'docker.io/kubesphere/kiali',
    tags: { 'v3.3.0': 'v1.38', 'v3.4.0': 'v1.50' },
  },
  { component: 'topology', repository: 'docker.io/weaveworks/scope', tags: { 'v3.3.0': '1.13.0' } },
  {
    component: 'edge',
    repository: 'docker.io/kubeedge/cloudcore',
    tags: { 'v3.3.0': 'v1.9.2', 'v3.4.0': 'v1.13.0' },
  },
  {
    component: 'edge',
    repository: 'docker.io/kubeedge/iptables-manager',
    tags: { 'v3.3.0': 'v1.9.2' },
    until: 'v3.4.0',
  },
  { component: 'edge', repository: 'docker.io/kubesphere/iptables-manager', tags: { 'v3.4.0': 'v1.13.0' } },
  {
    component: 'edge',
    repository: 'docker.io/kubesphere/edgeservice',
    tags: { 'v3.3.0': 'v0.2.0', 'v3.4.0': 'v0.3.0' },
  },
  {
    component: 'gatekeeper',
    repository: 'docker.io/openpolicyagent/gatekeeper',
    tags: { 'v3.3.0': 'v3.5.2' },
  },
  {
    component: 'devops',
    repository: 'docker.io/jenkins/inbound-agent',
    tags: { 'v3.3.0': '4.10-2' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-base',
    tags: { 'v3.3.0': 'v3.2.2' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-nodejs',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-maven',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-maven',
    tags: { 'v3.3.0': 'v3.2.1-jdk11' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-python',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.16' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.17' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.18' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-base',
    tags: { 'v3.3.0': 'v3.2.2-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-nodejs',
    tags: { 'v3.3.0': 'v3.2.0-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-maven',
    tags: { 'v3.3.0': 'v3.2.0-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-maven',
    tags: { 'v3.3.0': 'v3.2.1-jdk11-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-python',
    tags: { 'v3.3.0': 'v3.2.0-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.0-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.16-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.17-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/builder-go',
    tags: { 'v3.3.0': 'v3.2.2-1.18-podman' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/s2irun',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/s2i-binary',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/tomcat85-java11-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/tomcat85-java11-runtime',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/tomcat85-java8-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/tomcat85-java8-runtime',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/java-11-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/java-8-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/java-8-runtime',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/java-11-runtime',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/nodejs-8-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/nodejs-6-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/nodejs-4-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/python-36-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/python-35-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/python-34-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  {
    component: 'devops',
    repository: 'docker.io/kubesphere/python-27-centos7',
    tags: { 'v3.3.0': 'v3.2.0' },
    later: true,
  },
  // Chart opensearch 2.6.0, init container fsgroup-volume; kubesphere/kubesphere#6129.
  {
    component: 'opensearch',
    repository: 'docker.io/library/busybox',
    tags: { 'v3.4.0': 'latest' },
    fixed: true,
  },
  {
    component: 'gpu-monitoring',
    repository: 'nvcr.io/nvidia/k8s/dcgm-exporter',
    tags: { 'v3.3.0': '2.1.8-2.4.0-rc.3-ubuntu18.04' },
    fixed: true,
  },
];

/** The kubectl image by the cluster's version, newest first: ks_kubectl_versions. */
export const kubectlTags: readonly (readonly [kubernetes: string, tag: string])[] = [
  ['v1.22.0', 'v1.22.0'],
  ['v1.21.0', 'v1.21.0'],
  ['v1.20.0', 'v1.20.0'],
  ['v1.19.0', 'v1.19.1'],
  ['v1.18.0', 'v1.18.0'],
  ['v1.17.0', 'v1.17.0'],
  ['v1.16.0', 'v1.16.0'],
  ['v1.15.0', 'v1.0.0'],
];
