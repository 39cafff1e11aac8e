import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'k8s.mariadb.com';

export const mariadbOperator: Operator = {
  name: 'mariadb-operator',
  title: 'MariaDB Operator',
  versions: '>=0.38.0 <=26.6.0',
  sources: github(
    'mariadb-operator/mariadb-operator@v26.6.0',
    'config/manager/manager.yaml',
    'deploy/charts/mariadb-operator/templates/operator/configmap.yaml',
    'config/crd/bases/k8s.mariadb.com_mariadbs.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['mariadb-operator'] }],
  owns: [{ group, kinds: ['MariaDB', 'MaxScale'] }],
  images: [
    { of: '**/mariadb*', at: { field: '/spec/image', kind: 'MariaDB', group } },
    { of: '**/maxscale*', at: { field: '/spec/image', kind: 'MaxScale', group } },
    { of: '**/mysqld-exporter', at: { field: '/spec/metrics/exporter/image', kind: 'MariaDB', group } },
    {
      of: '**/maxscale-prometheus-exporter*',
      at: { field: '/spec/metrics/exporter/image', kind: 'MaxScale', group },
    },
    { of: '**/mariadb-operator', at: { field: '/spec/galera/initContainer/image', kind: 'MariaDB', group } },
    { of: '**/mariadb-operator', at: { field: '/spec/galera/agent/image', kind: 'MariaDB', group } },
    { of: '**/mariadb*', at: { env: 'RELATED_IMAGE_MARIADB' } },
    { of: '**/maxscale*', at: { env: 'RELATED_IMAGE_MAXSCALE' } },
    { of: '**/mysqld-exporter', at: { env: 'RELATED_IMAGE_EXPORTER' } },
    { of: '**/maxscale-prometheus-exporter*', at: { env: 'RELATED_IMAGE_EXPORTER_MAXSCALE' } },
    { of: '**/mariadb-operator', at: { env: 'MARIADB_OPERATOR_IMAGE' } },
  ],
  reverts: 'always',
};
