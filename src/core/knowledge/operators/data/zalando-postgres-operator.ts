import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'acid.zalan.do';

export const zalandoPostgresOperator: Operator = {
  name: 'zalando-postgres-operator',
  title: 'Postgres Operator (Zalando)',
  versions: '>=1.6.0 <=2.0.1',
  sources: github(
    'zalando/postgres-operator@v2.0.1',
    'pkg/util/config/config.go',
    'manifests/configmap.yaml',
    'manifests/operatorconfiguration.crd.yaml',
    'manifests/postgresql.crd.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['postgres-operator'] }],
  owns: [{ group, kinds: ['postgresql', 'OperatorConfiguration'] }],
  images: [
    {
      of: 'ghcr.io/zalando/spilo-*',
      container: 'postgres',
      at: { field: '/spec/dockerImage', kind: 'postgresql', group },
    },
    {
      of: 'ghcr.io/zalando/postgres-operator/pgbouncer',
      container: 'connection-pooler',
      at: { field: '/spec/connectionPooler/dockerImage', kind: 'postgresql', group },
    },
    {
      of: 'ghcr.io/zalando/spilo-*',
      container: 'postgres',
      at: { configMap: 'postgres-operator', key: 'docker_image' },
      restarts: true,
    },
    {
      of: 'ghcr.io/zalando/postgres-operator/pgbouncer',
      container: 'connection-pooler',
      at: { configMap: 'postgres-operator', key: 'connection_pooler_image' },
      restarts: true,
    },
    {
      of: 'ghcr.io/zalando/postgres-operator/logical-backup',
      at: { configMap: 'postgres-operator', key: 'logical_backup_docker_image' },
      restarts: true,
    },
    {
      of: 'ghcr.io/zalando/spilo-*',
      container: 'postgres',
      at: { field: '/configuration/docker_image', kind: 'OperatorConfiguration', group },
    },
    {
      of: 'ghcr.io/zalando/postgres-operator/pgbouncer',
      container: 'connection-pooler',
      at: {
        field: '/configuration/connection_pooler/connection_pooler_image',
        kind: 'OperatorConfiguration',
        group,
      },
    },
    {
      of: 'ghcr.io/zalando/postgres-operator/logical-backup',
      at: {
        field: '/configuration/logical_backup/logical_backup_docker_image',
        kind: 'OperatorConfiguration',
        group,
      },
    },
  ],
  reverts: 'always',
};
