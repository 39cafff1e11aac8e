import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'psmdb.percona.com';

export const perconaServerMongodbOperator: Operator = {
  name: 'percona-server-mongodb-operator',
  title: 'Percona Operator for MongoDB',
  versions: '>=1.15.0 <=1.22.0',
  sources: github(
    'percona/percona-server-mongodb-operator@v1.22.0',
    'deploy/cr.yaml',
    'deploy/crd.yaml',
    'deploy/operator.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['percona-server-mongodb-operator', '*-psmdb-operator', 'psmdb-operator'] },
  ],
  owns: [
    { group, kinds: ['PerconaServerMongoDB', 'PerconaServerMongoDBBackup', 'PerconaServerMongoDBRestore'] },
  ],
  images: [
    {
      of: 'docker.io/percona/percona-server-mongodb',
      at: { field: '/spec/image', kind: 'PerconaServerMongoDB', group },
    },
    {
      of: 'docker.io/percona/percona-backup-mongodb',
      at: { field: '/spec/backup/image', kind: 'PerconaServerMongoDB', group },
    },
    {
      of: 'docker.io/percona/pmm-client',
      at: { field: '/spec/pmm/image', kind: 'PerconaServerMongoDB', group },
    },
    {
      of: 'docker.io/percona/fluentbit',
      at: { field: '/spec/logcollector/image', kind: 'PerconaServerMongoDB', group },
    },
    {
      of: 'docker.io/percona/percona-server-mongodb-operator',
      at: { field: '/spec/initImage', kind: 'PerconaServerMongoDB', group },
    },
  ],
  reverts: 'always',
};
