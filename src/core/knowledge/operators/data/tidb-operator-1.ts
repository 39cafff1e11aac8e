import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'pingcap.com';

export const tidbOperator1: Operator = {
  name: 'tidb-operator-1',
  title: 'TiDB Operator 1',
  versions: '>=1.3.0 <=1.6.3',
  sources: github(
    'pingcap/tidb-operator@v1.6.3',
    'charts/tidb-operator/templates/controller-manager-deployment.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['tidb-controller-manager'], namespaces: ['tidb-admin'] }],
  owns: [{ group, kinds: ['TidbCluster', 'TidbMonitor'] }],
  images: [
    {
      of: 'docker.io/pingcap/pd',
      container: 'pd',
      at: { field: '/spec/pd/baseImage', kind: 'TidbCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/pingcap/tikv',
      container: 'tikv',
      at: { field: '/spec/tikv/baseImage', kind: 'TidbCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/pingcap/tidb',
      container: 'tidb',
      at: { field: '/spec/tidb/baseImage', kind: 'TidbCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/pingcap/tiflash',
      container: 'tiflash',
      at: { field: '/spec/tiflash/baseImage', kind: 'TidbCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/pingcap/ticdc',
      container: 'ticdc',
      at: { field: '/spec/ticdc/baseImage', kind: 'TidbCluster', group, part: 'repository' },
    },
    { of: 'docker.io/library/busybox', at: { field: '/spec/helper/image', kind: 'TidbCluster', group } },
    { of: 'docker.io/pingcap/tidb-operator', container: 'discovery', at: { flag: '-tidb-discovery-image' } },
  ],
  reverts: 'always',
};
