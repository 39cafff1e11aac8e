import type { Operator } from '../schema.ts';
import { argoWorkflows } from './argo-workflows.ts';
import { argocdOperator } from './argocd-operator.ts';
import { bankVaultsOperator } from './bank-vaults-operator.ts';
import { bitpokeMysqlOperator } from './bitpoke-mysql-operator.ts';
import { cassOperator } from './cass-operator.ts';
import { cdi } from './cdi.ts';
import { certManager } from './cert-manager.ts';
import { clickhouseOperator } from './clickhouse-operator.ts';
import { cloudnativePg } from './cloudnative-pg.ts';
import { crunchyPostgresOperator } from './crunchy-postgres-operator.ts';
import { datadogOperator } from './datadog-operator.ts';
import { dragonflyOperator } from './dragonfly-operator.ts';
import { eck } from './eck.ts';
import { flinkOperator } from './flink-operator.ts';
import { gpuOperator } from './gpu-operator.ts';
import { grafanaOperator } from './grafana-operator.ts';
import { istio } from './istio.ts';
import { jaegerOperator } from './jaeger-operator.ts';
import { knativeOperator } from './knative-operator.ts';
import { knativeServing } from './knative-serving.ts';
import { koperator } from './koperator.ts';
import { kserve } from './kserve.ts';
import { kuberay } from './kuberay.ts';
import { kubevirt } from './kubevirt.ts';
import { linkerd } from './linkerd.ts';
import { localPathProvisioner } from './local-path-provisioner.ts';
import { loggingOperator } from './logging-operator.ts';
import { longhorn } from './longhorn.ts';
import { mariadbOperator } from './mariadb-operator.ts';
import { metallbOperator } from './metallb-operator.ts';
import { minioOperator } from './minio-operator.ts';
import { mongodbCommunityOperator } from './mongodb-community-operator.ts';
import { mysqlOperator } from './mysql-operator.ts';
import { nfdOperator } from './nfd-operator.ts';
import { nvidiaNetworkOperator } from './nvidia-network-operator.ts';
import { openebsLocalpv } from './openebs-localpv.ts';
import { opensearchOperator } from './opensearch-operator.ts';
import { opentelemetryOperator } from './opentelemetry-operator.ts';
import { perconaPostgresqlOperator } from './percona-postgresql-operator.ts';
import { perconaServerMongodbOperator } from './percona-server-mongodb-operator.ts';
import { perconaXtradbClusterOperator } from './percona-xtradb-cluster-operator.ts';
import { piraeusOperator } from './piraeus-operator.ts';
import { prometheusOperator } from './prometheus-operator.ts';
import { rabbitmqClusterOperator } from './rabbitmq-cluster-operator.ts';
import { redisOperatorOpstree } from './redis-operator-opstree.ts';
import { redisOperatorSpotahome } from './redis-operator-spotahome.ts';
import { rook } from './rook.ts';
import { seldonCore } from './seldon-core.ts';
import { solrOperator } from './solr-operator.ts';
import { sparkOperator } from './spark-operator.ts';
import { sriovNetworkOperator } from './sriov-network-operator.ts';
import { strimzi } from './strimzi.ts';
import { tektonPipelines } from './tekton-pipelines.ts';
import { tigeraOperator } from './tigera-operator.ts';
import { vaultAgentInjector } from './vault-agent-injector.ts';
import { velero } from './velero.ts';
import { victoriametricsOperator } from './victoriametrics-operator.ts';
import { vitessOperator } from './vitess-operator.ts';
import { zalandoPostgresOperator } from './zalando-postgres-operator.ts';
import { zookeeperOperator } from './zookeeper-operator.ts';

/** One file each, in the order of their names. */
export const operators: readonly Operator[] = [
  argoWorkflows,
  argocdOperator,
  bankVaultsOperator,
  bitpokeMysqlOperator,
  cassOperator,
  cdi,
  certManager,
  clickhouseOperator,
  cloudnativePg,
  crunchyPostgresOperator,
  datadogOperator,
  dragonflyOperator,
  eck,
  flinkOperator,
  gpuOperator,
  grafanaOperator,
  istio,
  jaegerOperator,
  knativeOperator,
  knativeServing,
  koperator,
  kserve,
  kuberay,
  kubevirt,
  linkerd,
  localPathProvisioner,
  loggingOperator,
  longhorn,
  mariadbOperator,
  metallbOperator,
  minioOperator,
  mongodbCommunityOperator,
  mysqlOperator,
  nfdOperator,
  nvidiaNetworkOperator,
  openebsLocalpv,
  opensearchOperator,
  opentelemetryOperator,
  perconaPostgresqlOperator,
  perconaServerMongodbOperator,
  perconaXtradbClusterOperator,
  piraeusOperator,
  prometheusOperator,
  rabbitmqClusterOperator,
  redisOperatorOpstree,
  redisOperatorSpotahome,
  rook,
  seldonCore,
  solrOperator,
  sparkOperator,
  sriovNetworkOperator,
  strimzi,
  tektonPipelines,
  tigeraOperator,
  vaultAgentInjector,
  velero,
  victoriametricsOperator,
  vitessOperator,
  zalandoPostgresOperator,
  zookeeperOperator,
];
