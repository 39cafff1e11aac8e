import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const fluentOperator: Operator = {
  name: 'fluent-operator',
  title: 'Fluent Operator',
  versions: '>=2.0.0 <=3.10.0',
  sources: github(
    'fluent/fluent-operator@v3.10.0',
    'config/crd/bases/fluentbit.fluent.io_fluentbits.yaml',
    'config/crd/bases/fluentd.fluent.io_fluentds.yaml',
    'charts/fluent-operator/values.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['fluent-operator'], namespaces: ['fluent', 'kubesphere-logging-system'] },
  ],
  owns: [
    { group: 'fluentbit.fluent.io', kinds: ['FluentBit'] },
    { group: 'fluentd.fluent.io', kinds: ['Fluentd'] },
  ],
  images: [
    {
      of: 'ghcr.io/fluent/fluent-operator/fluent-bit',
      container: 'fluent-bit',
      at: { field: '/spec/image', kind: 'FluentBit', group: 'fluentbit.fluent.io' },
    },
    {
      of: 'ghcr.io/fluent/fluent-operator/fluentd',
      container: 'fluentd',
      at: { field: '/spec/image', kind: 'Fluentd', group: 'fluentd.fluent.io' },
    },
    {
      of: 'docker.io/kubesphere/fluent-bit',
      container: 'fluent-bit',
      at: { field: '/spec/image', kind: 'FluentBit', group: 'fluentbit.fluent.io' },
    },
    {
      of: 'docker.io/kubesphere/fluentd',
      container: 'fluentd',
      at: { field: '/spec/image', kind: 'Fluentd', group: 'fluentd.fluent.io' },
    },
  ],
  reverts: 'always',
};
