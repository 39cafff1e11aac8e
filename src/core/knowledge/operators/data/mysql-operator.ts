import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'mysql.oracle.com';

export const mysqlOperator: Operator = {
  name: 'mysql-operator',
  title: 'MySQL Operator (Oracle)',
  versions: '>=8.0.31 <=9.1.0',
  sources: github(
    'mysql/mysql-operator@9.1.0-2.2.2',
    'mysqloperator/controller/config.py',
    'mysqloperator/controller/innodbcluster/cluster_api.py',
    'deploy/deploy-crds.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['mysql-operator'], namespaces: ['mysql-operator'] }],
  owns: [{ group, kinds: ['InnoDBCluster', 'MySQLBackup'] }],
  images: [
    {
      of: 'container-registry.oracle.com/mysql/community-*',
      at: { field: '/spec/imageRepository', kind: 'InnoDBCluster', group, part: 'prefix' },
    },
    {
      of: 'container-registry.oracle.com/mysql/community-*',
      at: { env: 'MYSQL_OPERATOR_DEFAULT_REPOSITORY', part: 'prefix' },
    },
  ],
  reverts: 'on-change',
};
