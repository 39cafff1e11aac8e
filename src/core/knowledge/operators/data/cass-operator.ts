import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'cassandra.datastax.com';

export const cassOperator: Operator = {
  name: 'cass-operator',
  title: 'cass-operator (K8ssandra)',
  versions: '>=1.14.0 <=1.32.0',
  sources: github(
    'k8ssandra/cass-operator@v1.32.0',
    'config/imageconfig/image_config.yaml',
    'config/crd/bases/cassandra.datastax.com_cassandradatacenters.yaml',
    'pkg/images/images_v1beta2.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['cass-operator-controller-manager', '*-cass-operator'] }],
  owns: [{ group, kinds: ['CassandraDatacenter'] }],
  images: [
    {
      of: 'docker.io/k8ssandra/cass-management-api',
      at: { field: '/spec/serverImage', kind: 'CassandraDatacenter', group },
    },
    {
      of: 'docker.io/k8ssandra/system-logger',
      at: { field: '/spec/systemLoggerImage', kind: 'CassandraDatacenter', group },
    },
    {
      of: 'docker.io/datastax/cass-config-builder',
      at: { field: '/spec/configBuilderImage', kind: 'CassandraDatacenter', group },
    },
  ],
  reverts: 'always',
};
