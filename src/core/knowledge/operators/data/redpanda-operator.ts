import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'cluster.redpanda.com';

export const redpandaOperator: Operator = {
  name: 'redpanda-operator',
  title: 'Redpanda Operator',
  versions: '>=2.3.10 <=25.1.3',
  sources: github(
    'redpanda-data/redpanda-operator@v25.1.3',
    'operator/config/crd/bases/cluster.redpanda.com_redpandas.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['redpanda-operator', '*-redpanda-operator'] }],
  owns: [{ group, kinds: ['Redpanda'] }],
  images: [
    {
      of: '**/redpanda',
      at: { field: '/spec/clusterSpec/image/repository', kind: 'Redpanda', group, part: 'repository' },
    },
    {
      of: '**/connectors',
      at: {
        field: '/spec/clusterSpec/connectors/image/repository',
        kind: 'Redpanda',
        group,
        part: 'repository',
      },
    },
    {
      of: '**/busybox',
      at: {
        field: '/spec/clusterSpec/statefulset/initContainerImage/repository',
        kind: 'Redpanda',
        group,
        part: 'repository',
      },
    },
  ],
  reverts: 'always',
};
