import type { Json } from '../../model/index.ts';
import { dig, digText } from '../pods/index.ts';

/** Parts of KubeSphere that are installed or not, by the specification of a ClusterConfiguration. */
const rules = {
  core: () => true,
  'metrics-server': (spec) => isOn(spec, 'metrics_server'),
  redis: hasRedis,
  'redis-ha': (spec) => hasRedis(spec) && isTrue(spec, 'common', 'redis', 'enableHA'),
  openldap: (spec) => isOn(spec, 'common', 'openldap') || isOn(spec, 'devops'),
  minio: (spec) =>
    (isOn(spec, 'devops') || isOn(spec, 'openpitrix', 'store')) && dig(spec, 'common', 's3') === undefined,
  elasticsearch: (spec) => keepsLogs(spec) && !isExternal(spec, 'es', 'externalElasticsearch'),
  // Since v3.4.0 the role brings no Elasticsearch of its own, only what deletes old indexes.
  'elasticsearch-curator': (spec) =>
    keepsLogs(spec) && (isOn(spec, 'common', 'es') || dig(spec, 'common', 'opensearch') === undefined),
  opensearch: hasOpensearch,
  'opensearch-dashboard': (spec) => hasOpensearch(spec) && isOn(spec, 'common', 'opensearch', 'dashboard'),
  'log-collection': (spec) => isOn(spec, 'logging') || isOn(spec, 'events') || isOn(spec, 'auditing'),
  'log-sidecar': (spec) => isOn(spec, 'logging') && isOn(spec, 'logging', 'logsidecar'),
  events: (spec) => isOn(spec, 'events'),
  'events-ruler': (spec) => isOn(spec, 'events') && isOn(spec, 'events', 'ruler'),
  auditing: (spec) => isOn(spec, 'auditing'),
  monitoring: hasMonitoring,
  grafana: (spec) => hasMonitoring(spec) && isOn(spec, 'monitoring', 'grafana'),
  'gpu-monitoring': (spec) => isOn(spec, 'monitoring', 'gpu', 'nvidia_dcgm_exporter'),
  alerting: (spec) => isOn(spec, 'alerting'),
  multicluster: (spec) => digText(spec, 'multicluster', 'clusterRole') === 'host',
  devops: (spec) => isOn(spec, 'devops'),
  'app-store': (spec) => isOn(spec, 'openpitrix', 'store'),
  'service-mesh': (spec) => isOn(spec, 'servicemesh'),
  topology: (spec) => digText(spec, 'network', 'topology', 'type') === 'weave-scope',
  edge: (spec) => isOn(spec, 'edgeruntime') && isOn(spec, 'edgeruntime', 'kubeedge'),
  gatekeeper: (spec) => isOn(spec, 'gatekeeper'),
} as const satisfies Readonly<Record<string, (spec: Json) => boolean>>;

export type Component = keyof typeof rules;

/** Does a ClusterConfiguration ask for this part: conditions of the roles' tasks in kubesphere/ks-installer. */
export function isInstalled(component: Component, spec: Json): boolean {
  return rules[component](spec);
}

function hasRedis(spec: Json): boolean {
  return isOn(spec, 'common', 'redis') || isTrue(spec, 'enableHA');
}

function hasOpensearch(spec: Json): boolean {
  return (
    keepsLogs(spec) &&
    isOn(spec, 'common', 'opensearch') &&
    !isExternal(spec, 'es', 'externalElasticsearch') &&
    !isExternal(spec, 'opensearch', 'externalOpensearch')
  );
}

function hasMonitoring(spec: Json): boolean {
  return digText(spec, 'common', 'monitoring', 'type') !== 'external';
}

function keepsLogs(spec: Json): boolean {
  return ['logging', 'events', 'auditing', 'servicemesh'].some((part) => isOn(spec, part));
}

function isOn(spec: Json, ...path: readonly string[]): boolean {
  return isTrue(spec, ...path, 'enabled');
}

function isTrue(spec: Json, ...path: readonly string[]): boolean {
  return dig(spec, ...path) === true;
}

function isExternal(spec: Json, part: string, key: string): boolean {
  return digText(spec, 'common', part, `${key}Host`) !== undefined;
}
