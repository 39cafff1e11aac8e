import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'planetscale.com';

export const vitessOperator: Operator = {
  name: 'vitess-operator',
  title: 'Vitess Operator',
  versions: '>=2.12.0 <=2.17.0',
  sources: github(
    'planetscale/vitess-operator@v2.17.0',
    'pkg/apis/planetscale/v2/defaults.go',
    'pkg/apis/planetscale/v2/vitesscluster_types.go',
    'deploy/crds/planetscale.com_vitessclusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['vitess-operator'] }],
  owns: [
    { group, kinds: ['VitessCluster', 'VitessCell', 'VitessKeyspace', 'VitessShard', 'EtcdLockserver'] },
  ],
  images: [
    { of: 'docker.io/vitess/lite', at: { field: '/spec/images/vtctld', kind: 'VitessCluster', group } },
    { of: 'docker.io/vitess/lite', at: { field: '/spec/images/vtgate', kind: 'VitessCluster', group } },
    { of: 'docker.io/vitess/lite', at: { field: '/spec/images/vttablet', kind: 'VitessCluster', group } },
    { of: 'docker.io/vitess/lite', at: { field: '/spec/images/vtorc', kind: 'VitessCluster', group } },
    { of: 'docker.io/vitess/lite', at: { field: '/spec/images/vtbackup', kind: 'VitessCluster', group } },
    {
      of: 'docker.io/vitess/lite',
      at: { field: '/spec/images/mysqld/mysql80Compatible', kind: 'VitessCluster', group },
    },
    {
      of: 'docker.io/library/mysql',
      at: { field: '/spec/images/mysqld/mysql80Compatible', kind: 'VitessCluster', group },
    },
    {
      of: 'docker.io/prom/mysqld-exporter',
      at: { field: '/spec/images/mysqldExporter', kind: 'VitessCluster', group },
    },
    {
      of: 'quay.io/coreos/etcd',
      at: { field: '/spec/globalLockserver/etcd/image', kind: 'VitessCluster', group },
    },
  ],
  reverts: 'always',
};
