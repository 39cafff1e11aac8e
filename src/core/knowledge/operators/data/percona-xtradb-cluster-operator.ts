import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'pxc.percona.com';

export const perconaXtradbClusterOperator: Operator = {
  name: 'percona-xtradb-cluster-operator',
  title: 'Percona Operator for MySQL (PXC)',
  versions: '>=1.14.0 <=1.19.0',
  sources: github(
    'percona/percona-xtradb-cluster-operator@v1.19.0',
    'deploy/cr.yaml',
    'deploy/crd.yaml',
    'deploy/operator.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['percona-xtradb-cluster-operator', '*-pxc-operator', 'pxc-operator'] },
  ],
  owns: [
    { group, kinds: ['PerconaXtraDBCluster', 'PerconaXtraDBClusterBackup', 'PerconaXtraDBClusterRestore'] },
  ],
  images: [
    {
      of: 'docker.io/percona/percona-xtradb-cluster',
      at: { field: '/spec/pxc/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/haproxy',
      at: { field: '/spec/haproxy/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/proxysql2',
      at: { field: '/spec/proxysql/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/fluentbit',
      at: { field: '/spec/logcollector/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/pmm-client',
      at: { field: '/spec/pmm/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/percona-xtrabackup',
      at: { field: '/spec/backup/image', kind: 'PerconaXtraDBCluster', group },
    },
    {
      of: 'docker.io/percona/percona-xtradb-cluster-operator',
      at: { field: '/spec/initContainer/image', kind: 'PerconaXtraDBCluster', group },
    },
  ],
  reverts: 'always',
};
