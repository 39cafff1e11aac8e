import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'mysql.presslabs.org';

export const bitpokeMysqlOperator: Operator = {
  name: 'bitpoke-mysql-operator',
  title: 'MySQL Operator (Bitpoke)',
  versions: '>=0.5.0 <=0.6.3',
  sources: github(
    'bitpoke/mysql-operator@v0.6.3',
    'pkg/options/options.go',
    'pkg/util/constants/constants.go',
    'config/crd/bases/mysql.presslabs.org_mysqlclusters.yaml',
  ),
  controllers: [{ kind: 'StatefulSet', names: ['mysql-operator'] }],
  owns: [{ group, kinds: ['MysqlCluster', 'MysqlBackup'] }],
  images: [
    { of: 'docker.io/library/percona', at: { field: '/spec/image', kind: 'MysqlCluster', group } },
    { of: 'docker.io/bitpoke/mysql-operator-sidecar-5.7', at: { flag: '--sidecar-image' } },
    { of: 'docker.io/bitpoke/mysql-operator-sidecar-8.0', at: { flag: '--sidecar-mysql8-image' } },
    { of: 'docker.io/prom/mysqld-exporter', at: { flag: '--metrics-exporter-image' } },
  ],
  reverts: 'always',
};
