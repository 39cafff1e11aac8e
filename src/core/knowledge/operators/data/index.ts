import type { Operator } from '../schema.ts';
import { actionsRunnerController } from './actions-runner-controller.ts';
import { argoEvents } from './argo-events.ts';
import { argoWorkflows } from './argo-workflows.ts';
import { argocdOperator } from './argocd-operator.ts';
import { bankVaultsOperator } from './bank-vaults-operator.ts';
import { bitpokeMysqlOperator } from './bitpoke-mysql-operator.ts';
import { cassOperator } from './cass-operator.ts';
import { cdi } from './cdi.ts';
import { cephCsiOperator } from './ceph-csi-operator.ts';
import { certManager } from './cert-manager.ts';
import { chaosMesh } from './chaos-mesh.ts';
import { cheOperator } from './che-operator.ts';
import { clickhouseOperator } from './clickhouse-operator.ts';
import { cloudnativePg } from './cloudnative-pg.ts';
import { clusterApiKubeadm } from './cluster-api-kubeadm.ts';
import { clusterApiOperator } from './cluster-api-operator.ts';
import { clusterNetworkAddonsOperator } from './cluster-network-addons-operator.ts';
import { cockroachOperator } from './cockroach-operator.ts';
import { consulConnectInjector } from './consul-connect-injector.ts';
import { crossplane } from './crossplane.ts';
import { crunchyPostgresOperator } from './crunchy-postgres-operator.ts';
import { dapr } from './dapr.ts';
import { datadogOperator } from './datadog-operator.ts';
import { dragonflyOperator } from './dragonfly-operator.ts';
import { dynatraceOperator } from './dynatrace-operator.ts';
import { eck } from './eck.ts';
import { emqxOperator } from './emqx-operator.ts';
import { envoyGateway } from './envoy-gateway.ts';
import { etcdOperator } from './etcd-operator.ts';
import { fleet } from './fleet.ts';
import { flinkOperator } from './flink-operator.ts';
import { fluentOperator } from './fluent-operator.ts';
import { fluid } from './fluid.ts';
import { fluxOperator } from './flux-operator.ts';
import { ghaRunnerScaleSetController } from './gha-runner-scale-set-controller.ts';
import { gpuOperator } from './gpu-operator.ts';
import { grafanaOperator } from './grafana-operator.ts';
import { harborOperator } from './harbor-operator.ts';
import { hazelcastPlatformOperator } from './hazelcast-platform-operator.ts';
import { helmControllerK3s } from './helm-controller-k3s.ts';
import { hostpathProvisionerOperator } from './hostpath-provisioner-operator.ts';
import { infinispanOperator } from './infinispan-operator.ts';
import { intelDevicePluginsOperator } from './intel-device-plugins-operator.ts';
import { ironicStandaloneOperator } from './ironic-standalone-operator.ts';
import { istio } from './istio.ts';
import { jaegerOperator } from './jaeger-operator.ts';
import { jenkinsOperator } from './jenkins-operator.ts';
import { juicefsCsiDriver } from './juicefs-csi-driver.ts';
import { karmadaOperator } from './karmada-operator.ts';
import { kialiOperator } from './kiali-operator.ts';
import { knativeEventing } from './knative-eventing.ts';
import { knativeOperator } from './knative-operator.ts';
import { knativeServing } from './knative-serving.ts';
import { koperator } from './koperator.ts';
import { ksInstaller } from './ks-installer.ts';
import { kserve } from './kserve.ts';
import { kubearmorOperator } from './kubearmor-operator.ts';
import { kubeblocks } from './kubeblocks.ts';
import { kubeflowNotebookController } from './kubeflow-notebook-controller.ts';
import { kubeflowTrainingOperator } from './kubeflow-training-operator.ts';
import { kuberay } from './kuberay.ts';
import { kubesphere } from './kubesphere.ts';
import { kubevirt } from './kubevirt.ts';
import { kuma } from './kuma.ts';
import { linkerd } from './linkerd.ts';
import { litmusChaosOperator } from './litmus-chaos-operator.ts';
import { localPathProvisioner } from './local-path-provisioner.ts';
import { loggingOperator } from './logging-operator.ts';
import { lokiOperator } from './loki-operator.ts';
import { longhorn } from './longhorn.ts';
import { mariadbOperator } from './mariadb-operator.ts';
import { metallbOperator } from './metallb-operator.ts';
import { milvusOperator } from './milvus-operator.ts';
import { minioOperator } from './minio-operator.ts';
import { mongodbCommunityOperator } from './mongodb-community-operator.ts';
import { mysqlOperator } from './mysql-operator.ts';
import { nebulaOperator } from './nebula-operator.ts';
import { nfdOperator } from './nfd-operator.ts';
import { nginxIngressOperator } from './nginx-ingress-operator.ts';
import { nifikop } from './nifikop.ts';
import { nimOperator } from './nim-operator.ts';
import { nvidiaNetworkOperator } from './nvidia-network-operator.ts';
import { obOperator } from './ob-operator.ts';
import { openebsCstor } from './openebs-cstor.ts';
import { openebsJiva } from './openebs-jiva.ts';
import { openebsLocalpv } from './openebs-localpv.ts';
import { openfaasOperator } from './openfaas-operator.ts';
import { openkruise } from './openkruise.ts';
import { opensearchOperator } from './opensearch-operator.ts';
import { opentelemetryOperator } from './opentelemetry-operator.ts';
import { operatorLifecycleManager } from './operator-lifecycle-manager.ts';
import { perconaPostgresqlOperator } from './percona-postgresql-operator.ts';
import { perconaServerMongodbOperator } from './percona-server-mongodb-operator.ts';
import { perconaXtradbClusterOperator } from './percona-xtradb-cluster-operator.ts';
import { piraeusOperator } from './piraeus-operator.ts';
import { portworxOperator } from './portworx-operator.ts';
import { prometheusOperator } from './prometheus-operator.ts';
import { rabbitmqClusterOperator } from './rabbitmq-cluster-operator.ts';
import { redisOperatorOpstree } from './redis-operator-opstree.ts';
import { redisOperatorSpotahome } from './redis-operator-spotahome.ts';
import { redpandaOperator } from './redpanda-operator.ts';
import { rocketmqOperator } from './rocketmq-operator.ts';
import { rook } from './rook.ts';
import { scyllaOperator } from './scylla-operator.ts';
import { seldonCore } from './seldon-core.ts';
import { shipwrightBuild } from './shipwright-build.ts';
import { solrOperator } from './solr-operator.ts';
import { sparkOperator } from './spark-operator.ts';
import { splunkOperator } from './splunk-operator.ts';
import { sriovNetworkOperator } from './sriov-network-operator.ts';
import { stackgres } from './stackgres.ts';
import { strimzi } from './strimzi.ts';
import { tektonPipelines } from './tekton-pipelines.ts';
import { tektonTriggers } from './tekton-triggers.ts';
import { telegrafOperator } from './telegraf-operator.ts';
import { tempoOperator } from './tempo-operator.ts';
import { thanosOperator } from './thanos-operator.ts';
import { tidbOperator } from './tidb-operator.ts';
import { tidbOperator1 } from './tidb-operator-1.ts';
import { tigeraOperator } from './tigera-operator.ts';
import { tridentOperator } from './trident-operator.ts';
import { trivyOperator } from './trivy-operator.ts';
import { vaultAgentInjector } from './vault-agent-injector.ts';
import { vaultSecretsWebhook } from './vault-secrets-webhook.ts';
import { velero } from './velero.ts';
import { victoriametricsOperator } from './victoriametrics-operator.ts';
import { vitessOperator } from './vitess-operator.ts';
import { volcano } from './volcano.ts';
import { zalandoPostgresOperator } from './zalando-postgres-operator.ts';
import { zookeeperOperator } from './zookeeper-operator.ts';

/** One file each, in the order of their names. */
export const operators: readonly Operator[] = [
  actionsRunnerController,
  argoEvents,
  argoWorkflows,
  argocdOperator,
  bankVaultsOperator,
  bitpokeMysqlOperator,
  cassOperator,
  cdi,
  cephCsiOperator,
  certManager,
  chaosMesh,
  cheOperator,
  clickhouseOperator,
  cloudnativePg,
  clusterApiKubeadm,
  clusterApiOperator,
  clusterNetworkAddonsOperator,
  cockroachOperator,
  consulConnectInjector,
  crossplane,
  crunchyPostgresOperator,
  dapr,
  datadogOperator,
  dragonflyOperator,
  dynatraceOperator,
  eck,
  emqxOperator,
  envoyGateway,
  etcdOperator,
  fleet,
  flinkOperator,
  fluentOperator,
  fluid,
  fluxOperator,
  ghaRunnerScaleSetController,
  gpuOperator,
  grafanaOperator,
  harborOperator,
  hazelcastPlatformOperator,
  helmControllerK3s,
  hostpathProvisionerOperator,
  infinispanOperator,
  intelDevicePluginsOperator,
  ironicStandaloneOperator,
  istio,
  jaegerOperator,
  jenkinsOperator,
  juicefsCsiDriver,
  karmadaOperator,
  kialiOperator,
  knativeEventing,
  knativeOperator,
  knativeServing,
  koperator,
  ksInstaller,
  kserve,
  kubearmorOperator,
  kubeblocks,
  kubeflowNotebookController,
  kubeflowTrainingOperator,
  kuberay,
  kubesphere,
  kubevirt,
  kuma,
  linkerd,
  litmusChaosOperator,
  localPathProvisioner,
  loggingOperator,
  lokiOperator,
  longhorn,
  mariadbOperator,
  metallbOperator,
  milvusOperator,
  minioOperator,
  mongodbCommunityOperator,
  mysqlOperator,
  nebulaOperator,
  nfdOperator,
  nginxIngressOperator,
  nifikop,
  nimOperator,
  nvidiaNetworkOperator,
  obOperator,
  openebsCstor,
  openebsJiva,
  openebsLocalpv,
  openfaasOperator,
  openkruise,
  opensearchOperator,
  opentelemetryOperator,
  operatorLifecycleManager,
  perconaPostgresqlOperator,
  perconaServerMongodbOperator,
  perconaXtradbClusterOperator,
  piraeusOperator,
  portworxOperator,
  prometheusOperator,
  rabbitmqClusterOperator,
  redisOperatorOpstree,
  redisOperatorSpotahome,
  redpandaOperator,
  rocketmqOperator,
  rook,
  scyllaOperator,
  seldonCore,
  shipwrightBuild,
  solrOperator,
  sparkOperator,
  splunkOperator,
  sriovNetworkOperator,
  stackgres,
  strimzi,
  tektonPipelines,
  tektonTriggers,
  telegrafOperator,
  tempoOperator,
  thanosOperator,
  tidbOperator,
  tidbOperator1,
  tigeraOperator,
  tridentOperator,
  trivyOperator,
  vaultAgentInjector,
  vaultSecretsWebhook,
  velero,
  victoriametricsOperator,
  vitessOperator,
  volcano,
  zalandoPostgresOperator,
  zookeeperOperator,
];
