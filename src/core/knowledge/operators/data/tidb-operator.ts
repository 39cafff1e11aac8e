import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'core.pingcap.com';

export const tidbOperator: Operator = {
  name: 'tidb-operator',
  title: 'TiDB Operator 2',
  versions: '>=2.0.0 <=2.0.1',
  sources: github('pingcap/tidb-operator@v2.0.1', 'pkg/image/image.go', 'cmd/tidb-operator/main.go'),
  controllers: [{ kind: 'Deployment', names: ['tidb-operator'], namespaces: ['tidb-admin'] }],
  owns: [{ group, kinds: ['Cluster', 'PDGroup', 'TiKVGroup', 'TiDBGroup', 'TiFlashGroup', 'TiCDCGroup'] }],
  images: [
    {
      of: 'docker.io/pingcap/pd',
      container: 'pd',
      at: { field: '/spec/template/spec/image', kind: 'PDGroup', group },
    },
    {
      of: 'docker.io/pingcap/tikv',
      container: 'tikv',
      at: { field: '/spec/template/spec/image', kind: 'TiKVGroup', group },
    },
    {
      of: 'docker.io/pingcap/tidb',
      container: 'tidb',
      at: { field: '/spec/template/spec/image', kind: 'TiDBGroup', group },
    },
    {
      of: 'docker.io/pingcap/tiflash',
      container: 'tiflash',
      at: { field: '/spec/template/spec/image', kind: 'TiFlashGroup', group },
    },
    {
      of: 'docker.io/pingcap/ticdc',
      container: 'ticdc',
      at: { field: '/spec/template/spec/image', kind: 'TiCDCGroup', group },
    },
    { of: 'docker.io/pingcap/tidb-backup-manager', at: { flag: '--backup-manager-image' } },
    {
      of: 'docker.io/pingcap/tidb-operator-prestop-checker',
      at: { flag: '--default-prestop-checker-image' },
    },
  ],
  reverts: 'always',
};
