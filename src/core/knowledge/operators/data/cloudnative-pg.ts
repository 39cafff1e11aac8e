import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'postgresql.cnpg.io';

export const cloudnativePg: Operator = {
  name: 'cloudnative-pg',
  title: 'CloudNativePG',
  versions: '>=1.22.0 <=1.30.0',
  sources: github(
    'cloudnative-pg/cloudnative-pg@v1.30.0',
    'internal/configuration/configuration.go',
    'pkg/versions/versions.go',
    'api/v1/cluster_types.go',
    'api/v1/pooler_types.go',
    'config/manager/manager.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['cnpg-controller-manager', 'cnpg-cloudnative-pg', '*-cloudnative-pg'] },
  ],
  owns: [
    {
      group,
      kinds: ['Cluster', 'Pooler', 'Backup', 'ScheduledBackup', 'ImageCatalog', 'ClusterImageCatalog'],
    },
  ],
  images: [
    { of: 'ghcr.io/cloudnative-pg/postgresql', at: { field: '/spec/imageName', kind: 'Cluster', group } },
    {
      of: 'ghcr.io/cloudnative-pg/pgbouncer',
      container: 'pgbouncer',
      at: { field: '/spec/template/spec/containers/*/image', kind: 'Pooler', group },
    },
    {
      of: 'ghcr.io/cloudnative-pg/cloudnative-pg',
      container: 'bootstrap-controller',
      at: { env: 'OPERATOR_IMAGE_NAME' },
    },
    {
      of: 'ghcr.io/cloudnative-pg/postgresql',
      at: { field: '/spec/images/*/image', kind: 'ImageCatalog', group },
    },
    {
      of: 'ghcr.io/cloudnative-pg/postgresql',
      at: { field: '/spec/images/*/image', kind: 'ClusterImageCatalog', group },
    },
    { of: 'ghcr.io/cloudnative-pg/pgbouncer', container: 'pgbouncer', at: { env: 'PGBOUNCER_IMAGE_NAME' } },
    { of: 'ghcr.io/cloudnative-pg/postgresql', at: { env: 'POSTGRES_IMAGE_NAME' } },
    {
      of: 'ghcr.io/cloudnative-pg/postgresql',
      at: { configMap: 'cnpg-controller-manager-config', key: 'POSTGRES_IMAGE_NAME' },
      restarts: true,
    },
  ],
  reverts: 'always',
};
