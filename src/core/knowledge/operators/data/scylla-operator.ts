import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'scylla.scylladb.com';

export const scyllaOperator: Operator = {
  name: 'scylla-operator',
  title: 'Scylla Operator',
  versions: '>=1.10.0 <=1.21.1',
  sources: github('scylladb/scylla-operator@v1.21.1', 'deploy/operator.yaml'),
  controllers: [{ kind: 'Deployment', names: ['scylla-operator'], namespaces: ['scylla-operator'] }],
  owns: [{ group, kinds: ['ScyllaCluster', 'NodeConfig', 'ScyllaOperatorConfig'] }],
  images: [
    {
      of: 'docker.io/scylladb/scylla',
      container: 'scylla',
      at: { field: '/spec/repository', kind: 'ScyllaCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/scylladb/scylla-manager-agent',
      container: 'scylla-manager-agent',
      at: { field: '/spec/agentRepository', kind: 'ScyllaCluster', group, part: 'repository' },
    },
    { of: 'docker.io/scylladb/scylla-operator', at: { env: 'SCYLLA_OPERATOR_IMAGE' } },
    {
      of: 'docker.io/scylladb/scylla',
      at: { field: '/spec/scyllaUtilsImage', kind: 'ScyllaOperatorConfig', group },
    },
  ],
  reverts: 'always',
};
