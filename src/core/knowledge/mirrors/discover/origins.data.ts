/** Registries that images come from; a copy stands on any other. */
export const originHosts: ReadonlySet<string> = new Set([
  'docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'registry.k8s.io',
  'k8s.gcr.io',
  'mcr.microsoft.com',
  'nvcr.io',
  'public.ecr.aws',
  'docker.elastic.co',
  'cr.l5d.io',
  'dhi.io',
  'lscr.io',
  'registry.gitlab.com',
  'registry.access.redhat.com',
  'registry.redhat.io',
  'registry.connect.redhat.com',
  'registry.istio.io',
  'registry.ollama.ai',
  'registry.opensource.zalan.do',
  'docker.cloudsmith.io',
  'xpkg.upbound.io',
]);

/** Official images of Docker Hub that clusters run most. */
const official = `alpine busybox bash nginx httpd haproxy traefik redis memcached postgres mysql mariadb mongo rabbitmq
influxdb telegraf consul vault registry docker node python golang openjdk eclipse-temurin php ruby perl rust tomcat maven
gradle ubuntu debian centos rockylinux amazonlinux fedora hello-world wordpress nextcloud ghost elasticsearch kibana
logstash sonarqube cassandra couchdb solr zookeeper nats neo4j caddy adminer drupal joomla odoo percona flink spark`;

/** Images that clusters run most, by their registries; official and installers' images apart. */
const others: Readonly<Record<string, string>> = {
  'docker.io': `bitnami/redis bitnami/postgresql bitnami/mysql bitnami/mongodb bitnami/kafka bitnami/zookeeper
bitnami/rabbitmq bitnami/nginx bitnami/etcd bitnami/minio bitnami/kubectl bitnami/elasticsearch bitnami/os-shell
bitnami/minideb grafana/grafana grafana/loki grafana/promtail grafana/tempo grafana/mimir grafana/agent grafana/alloy
prom/prometheus prom/alertmanager prom/node-exporter prom/pushgateway prom/blackbox-exporter prom/mysqld-exporter
prom/statsd-exporter calico/node calico/cni calico/kube-controllers calico/typha calico/pod2daemon-flexvol calico/apiserver
calico/csi calico/node-driver-registrar flannel/flannel flannel/flannel-cni-plugin rancher/rancher rancher/k3s
rancher/klipper-helm rancher/klipper-lb rancher/local-path-provisioner rancher/mirrored-pause
rancher/mirrored-coredns-coredns rancher/mirrored-metrics-server rancher/mirrored-library-busybox
rancher/mirrored-library-traefik coredns/coredns istio/pilot istio/proxyv2 istio/operator jaegertracing/all-in-one
jaegertracing/jaeger-agent jaegertracing/jaeger-collector jaegertracing/jaeger-query openebs/provisioner-localpv
openebs/linux-utils openebs/node-disk-manager longhornio/longhorn-manager longhornio/longhorn-engine longhornio/longhorn-ui
longhornio/longhorn-instance-manager longhornio/csi-attacher longhornio/csi-provisioner longhornio/csi-resizer
longhornio/csi-snapshotter longhornio/csi-node-driver-registrar minio/minio minio/mc minio/operator goharbor/harbor-core
goharbor/harbor-portal goharbor/harbor-jobservice goharbor/harbor-registryctl goharbor/registry-photon
goharbor/redis-photon goharbor/harbor-db goharbor/nginx-photon goharbor/trivy-adapter-photon fluent/fluent-bit
fluent/fluentd curlimages/curl gitea/gitea jenkins/jenkins jenkins/inbound-agent hashicorp/vault hashicorp/consul
hashicorp/vault-k8s apache/kafka apache/airflow apache/flink apache/spark apache/rocketmq nacos/nacos-server
kubernetesui/dashboard kubernetesui/metrics-scraper dyrnq/metrics-server oliver006/redis_exporter
opensearchproject/opensearch opensearchproject/opensearch-dashboards velero/velero velero/velero-plugin-for-aws
aquasec/trivy argoproj/argocd argoproj/argoexec argoproj/workflow-controller argoproj/argocli kiwigrid/k8s-sidecar
nginx/nginx-ingress nginxinc/nginx-unprivileged portainer/portainer-ce portainer/agent gitlab/gitlab-ce
gitlab/gitlab-runner timberio/vector otel/opentelemetry-collector otel/opentelemetry-collector-contrib
victoriametrics/victoria-metrics victoriametrics/vmagent victoriametrics/operator volcanosh/vc-scheduler
volcanosh/vc-controller-manager volcanosh/vc-webhook-manager kubeovn/kube-ovn cilium/cilium dapr/daprd
envoyproxy/envoy envoyproxy/gateway pingcap/tidb pingcap/tikv pingcap/pd milvusdb/milvus apachepulsar/pulsar
clickhouse/clickhouse-server vllm/vllm-openai ollama/ollama langgenius/dify-api langgenius/dify-web
kubeedge/cloudcore kubeedge/edgecore karmada/karmada-controller-manager nfvpe/multus openpolicyagent/gatekeeper`,
  'registry.k8s.io': `pause kube-apiserver kube-controller-manager kube-scheduler kube-proxy etcd coredns/coredns
metrics-server/metrics-server kube-state-metrics/kube-state-metrics ingress-nginx/controller
ingress-nginx/kube-webhook-certgen sig-storage/csi-provisioner sig-storage/csi-attacher sig-storage/csi-resizer
sig-storage/csi-snapshotter sig-storage/csi-node-driver-registrar sig-storage/livenessprobe
sig-storage/snapshot-controller sig-storage/nfs-subdir-external-provisioner sig-storage/nfsplugin
sig-storage/local-volume-provisioner dns/k8s-dns-node-cache dns/k8s-dns-kube-dns external-dns/external-dns
autoscaling/cluster-autoscaler autoscaling/vpa-recommender autoscaling/addon-resizer nfd/node-feature-discovery
prometheus-adapter/prometheus-adapter kueue/kueue jobset/jobset kas-network-proxy/proxy-agent defaultbackend-amd64`,
  'quay.io': `prometheus/prometheus prometheus/alertmanager prometheus/node-exporter prometheus/blackbox-exporter
prometheus-operator/prometheus-operator prometheus-operator/prometheus-config-reloader argoproj/argocd
argoproj/argocd-applicationset argoproj/argo-rollouts argoproj/workflow-controller jetstack/cert-manager-controller
jetstack/cert-manager-webhook jetstack/cert-manager-cainjector jetstack/cert-manager-acmesolver
jetstack/cert-manager-startupapicheck cilium/cilium cilium/operator-generic cilium/hubble-relay cilium/hubble-ui
cilium/hubble-ui-backend cilium/cilium-envoy calico/node metallb/controller metallb/speaker frrouting/frr
thanos/thanos coreos/etcd coreos/flannel minio/minio minio/mc strimzi/operator strimzi/kafka tigera/operator
cephcsi/cephcsi ceph/ceph keycloak/keycloak jupyterhub/k8s-hub oauth2-proxy/oauth2-proxy kiali/kiali
kubevirt/virt-operator kiwigrid/k8s-sidecar brancz/kube-rbac-proxy`,
  'ghcr.io': `dexidp/dex fluxcd/source-controller fluxcd/kustomize-controller fluxcd/helm-controller
fluxcd/notification-controller kyverno/kyverno kyverno/kyvernopre kyverno/background-controller
kyverno/cleanup-controller kyverno/reports-controller kedacore/keda kedacore/keda-metrics-apiserver
kedacore/keda-admission-webhooks external-secrets/external-secrets stakater/reloader aquasecurity/trivy-operator
cloudnative-pg/cloudnative-pg cloudnative-pg/postgresql open-telemetry/opentelemetry-operator/opentelemetry-operator
kube-vip/kube-vip k8snetworkplumbingwg/multus-cni flannel-io/flannel spegel-org/spegel actions/actions-runner dapr/dapr
headlamp-k8s/headlamp zalando/postgres-operator zalando/spilo-16 goauthentik/server`,
  'gcr.io': `distroless/static distroless/base kaniko-project/executor kubebuilder/kube-rbac-proxy
cadvisor/cadvisor heptio-images/velero tekton-releases/github.com/tektoncd/pipeline/cmd/controller
knative-releases/knative.dev/serving/cmd/controller ml-pipeline/api-server`,
  'mcr.microsoft.com': 'dotnet/aspnet dotnet/runtime mssql/server oss/kubernetes/pause azure-cli playwright',
  'nvcr.io': `nvidia/cuda nvidia/gpu-operator nvidia/k8s-device-plugin nvidia/driver nvidia/k8s/container-toolkit
nvidia/k8s/dcgm-exporter nvidia/cloud-native/gpu-operator-validator nvidia/tritonserver nvidia/pytorch`,
  'public.ecr.aws':
    'docker/library/redis docker/library/busybox eks-distro/kubernetes/pause aws-ec2/amazon-k8s-cni',
  'docker.elastic.co': `elasticsearch/elasticsearch kibana/kibana logstash/logstash beats/filebeat beats/metricbeat
eck/eck-operator`,
  'cr.l5d.io': 'linkerd/controller linkerd/proxy linkerd/proxy-init linkerd/policy-controller linkerd/web',
};

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Repositories by their whole names. */
export const commonRepositories: readonly string[] = [
  ...words(official).map((name) => `docker.io/library/${name}`),
  ...Object.entries(others).flatMap(([host, text]) => words(text).map((path) => `${host}/${path}`)),
];
