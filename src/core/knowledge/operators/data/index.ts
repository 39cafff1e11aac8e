import type { Operator } from '../schema.ts';
import { argoWorkflows } from './argo-workflows.ts';
import { argocdOperator } from './argocd-operator.ts';
import { cdi } from './cdi.ts';
import { certManager } from './cert-manager.ts';
import { cloudnativePg } from './cloudnative-pg.ts';
import { eck } from './eck.ts';
import { gpuOperator } from './gpu-operator.ts';
import { grafanaOperator } from './grafana-operator.ts';
import { istio } from './istio.ts';
import { jaegerOperator } from './jaeger-operator.ts';
import { knativeOperator } from './knative-operator.ts';
import { knativeServing } from './knative-serving.ts';
import { kserve } from './kserve.ts';
import { kubevirt } from './kubevirt.ts';
import { linkerd } from './linkerd.ts';
import { localPathProvisioner } from './local-path-provisioner.ts';
import { longhorn } from './longhorn.ts';
import { minioOperator } from './minio-operator.ts';
import { openebsLocalpv } from './openebs-localpv.ts';
import { opensearchOperator } from './opensearch-operator.ts';
import { opentelemetryOperator } from './opentelemetry-operator.ts';
import { prometheusOperator } from './prometheus-operator.ts';
import { rabbitmqClusterOperator } from './rabbitmq-cluster-operator.ts';
import { redisOperatorOpstree } from './redis-operator-opstree.ts';
import { redisOperatorSpotahome } from './redis-operator-spotahome.ts';
import { rook } from './rook.ts';
import { sriovNetworkOperator } from './sriov-network-operator.ts';
import { strimzi } from './strimzi.ts';
import { tektonPipelines } from './tekton-pipelines.ts';
import { tigeraOperator } from './tigera-operator.ts';
import { velero } from './velero.ts';
import { victoriametricsOperator } from './victoriametrics-operator.ts';

/** One file each, in the order of their names. */
export const operators: readonly Operator[] = [
  argoWorkflows,
  argocdOperator,
  cdi,
  certManager,
  cloudnativePg,
  eck,
  gpuOperator,
  grafanaOperator,
  istio,
  jaegerOperator,
  knativeOperator,
  knativeServing,
  kserve,
  kubevirt,
  linkerd,
  localPathProvisioner,
  longhorn,
  minioOperator,
  openebsLocalpv,
  opensearchOperator,
  opentelemetryOperator,
  prometheusOperator,
  rabbitmqClusterOperator,
  redisOperatorOpstree,
  redisOperatorSpotahome,
  rook,
  sriovNetworkOperator,
  strimzi,
  tektonPipelines,
  tigeraOperator,
  velero,
  victoriametricsOperator,
];
