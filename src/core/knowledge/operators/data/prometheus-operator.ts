import type { Operator } from '../schema.ts';

export const prometheusOperator: Operator = {
  name: 'prometheus-operator',
  title: 'Prometheus Operator',
  versions: '>=0.50',
  sources: [
    'https://github.com/prometheus-operator/prometheus-operator/blob/main/cmd/operator/main.go',
    'https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/operator/defaults.go',
    'https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/operator/image.go',
  ],
  controllers: [
    {
      kind: 'Deployment',
      names: ['prometheus-operator', '*-prometheus-operator', '*-kube-prom*-operator'],
      namespaces: ['monitoring', 'kubesphere-monitoring-system'],
    },
  ],
  owns: [
    {
      group: 'monitoring.coreos.com',
      kinds: ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'],
    },
  ],
  images: [
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { field: '/spec/image', group: 'monitoring.coreos.com', kind: 'Prometheus' },
    },
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { field: '/spec/image', group: 'monitoring.coreos.com', kind: 'PrometheusAgent' },
    },
    {
      of: 'quay.io/prometheus/prometheus',
      container: 'prometheus',
      at: { flag: '--prometheus-default-base-image', part: 'repository' },
    },
    {
      of: 'quay.io/prometheus/alertmanager',
      container: 'alertmanager',
      at: { field: '/spec/image', group: 'monitoring.coreos.com', kind: 'Alertmanager' },
    },
    {
      of: 'quay.io/prometheus/alertmanager',
      container: 'alertmanager',
      at: { flag: '--alertmanager-default-base-image', part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      container: 'thanos-sidecar',
      at: { field: '/spec/thanos/image', group: 'monitoring.coreos.com', kind: 'Prometheus' },
    },
    {
      of: 'quay.io/thanos/thanos',
      container: 'thanos-ruler',
      at: { field: '/spec/image', group: 'monitoring.coreos.com', kind: 'ThanosRuler' },
    },
    { of: 'quay.io/thanos/thanos', at: { flag: '--thanos-default-base-image', part: 'repository' } },
    {
      of: 'quay.io/prometheus-operator/prometheus-config-reloader',
      container: 'config-reloader',
      at: { flag: '--prometheus-config-reloader' },
    },
  ],
  reverts: 'always',
};
