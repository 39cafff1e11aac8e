import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'postgres-operator.crunchydata.com';

export const crunchyPostgresOperator: Operator = {
  name: 'crunchy-postgres-operator',
  title: 'PGO (Crunchy Data)',
  versions: '>=5.7.9 <=6.0.3',
  sources: github(
    'CrunchyData/postgres-operator@v6.0.3',
    'internal/config/config.go',
    'config/manager/manager.yaml',
    'config/crd/bases/postgres-operator.crunchydata.com_postgresclusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['pgo'], namespaces: ['postgres-operator'] }],
  owns: [{ group, kinds: ['PostgresCluster', 'PGUpgrade', 'PGAdmin'] }],
  images: [
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-postgres',
      at: { field: '/spec/image', kind: 'PostgresCluster', group },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-pgbackrest',
      at: { field: '/spec/backups/pgbackrest/image', kind: 'PostgresCluster', group },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-pgbouncer',
      at: { field: '/spec/proxy/pgBouncer/image', kind: 'PostgresCluster', group },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-postgres',
      at: { env: 'RELATED_IMAGE_POSTGRES_15' },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-postgres',
      at: { env: 'RELATED_IMAGE_POSTGRES_16' },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-postgres',
      at: { env: 'RELATED_IMAGE_POSTGRES_17' },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-postgres',
      at: { env: 'RELATED_IMAGE_POSTGRES_18' },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-pgbackrest',
      at: { env: 'RELATED_IMAGE_PGBACKREST' },
    },
    {
      of: 'registry.developers.crunchydata.com/crunchydata/crunchy-pgbouncer',
      at: { env: 'RELATED_IMAGE_PGBOUNCER' },
    },
  ],
  reverts: 'always',
};
