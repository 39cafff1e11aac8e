import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'monitoring.coreos.com';

export const prometheusOperator: Operator = {
  name: 'prometheus-operator',
  title: 'Prometheus Operator',
  versions: '>=0.50.0 <=0.93.0',
  sources: github(
    'prometheus-operator/prometheus-operator@v0.93.0',
    'cmd/operator/main.go',
    'pkg/operator/defaults.go',
    'pkg/apis/monitoring/v1/prometheus_types.go',
    'pkg/apis/monitoring/v1/alertmanager_types.go',
    'pkg/apis/monitoring/v1/thanos_types.go',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['prometheus-operator', '*-prometheus-operator', '*-kube-prom*-operator'],
      namespaces: ['monitoring', 'kubesphere-monitoring-system'],
    },
  ],
  owns: [{ group, kinds: ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'] }],
  images: [
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { field: '/spec/image', kind: 'Prometheus', group },
    },
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { field: '/spec/image', kind: 'PrometheusAgent', group },
    },
    {
      of: 'quay.io/prometheus/alertmanager',
      container: 'alertmanager',
      at: { field: '/spec/image', kind: 'Alertmanager', group },
    },
    {
      of: 'quay.io/thanos/thanos',
      container: 'thanos-ruler',
      at: { field: '/spec/image', kind: 'ThanosRuler', group },
    },
    {
      of: 'quay.io/thanos/thanos',
      container: 'thanos-sidecar',
      at: { field: '/spec/thanos/image', kind: 'Prometheus', group },
    },
    {
      of: 'quay.io/prometheus-operator/prometheus-config-reloader',
      at: { flag: '--prometheus-config-reloader' },
    },
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { flag: '--prometheus-default-base-image', part: 'repository' },
    },
    {
      of: 'quay.io/prometheus/alertmanager',
      container: 'alertmanager',
      at: { flag: '--alertmanager-default-base-image', part: 'repository' },
    },
    { of: 'quay.io/thanos/thanos', at: { flag: '--thanos-default-base-image', part: 'repository' } },
  ],
  reverts: 'always',
};
