import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'pgv2.percona.com';

export const perconaPostgresqlOperator: Operator = {
  name: 'percona-postgresql-operator',
  title: 'Percona Operator for PostgreSQL',
  versions: '>=2.5.0 <=2.9.0',
  sources: github(
    'percona/percona-postgresql-operator@v2.9.0',
    'deploy/cr.yaml',
    'config/crd/bases/pgv2.percona.com_perconapgclusters.yaml',
    'deploy/operator.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['percona-postgresql-operator', '*-pg-operator', 'pg-operator'] },
  ],
  owns: [{ group, kinds: ['PerconaPGCluster', 'PerconaPGBackup', 'PerconaPGRestore', 'PerconaPGUpgrade'] }],
  images: [
    {
      of: 'docker.io/percona/percona-distribution-postgresql',
      at: { field: '/spec/image', kind: 'PerconaPGCluster', group },
    },
    {
      of: 'docker.io/percona/percona-pgbouncer',
      at: { field: '/spec/proxy/pgBouncer/image', kind: 'PerconaPGCluster', group },
    },
    {
      of: 'docker.io/percona/percona-pgbackrest',
      at: { field: '/spec/backups/pgbackrest/image', kind: 'PerconaPGCluster', group },
    },
    { of: 'docker.io/percona/pmm-client', at: { field: '/spec/pmm/image', kind: 'PerconaPGCluster', group } },
    {
      of: 'docker.io/percona/percona-postgresql-operator',
      at: { field: '/spec/initContainer/image', kind: 'PerconaPGCluster', group },
    },
  ],
  reverts: 'always',
};
