import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const clickhouseOperator: Operator = {
  name: 'clickhouse-operator',
  title: 'ClickHouse Operator (Altinity)',
  versions: '>=0.24.0 <=0.25.6',
  sources: github(
    'Altinity/clickhouse-operator@release-0.25.6',
    'pkg/model/chi/config/const.go',
    'pkg/model/chk/config/const.go',
    'deploy/operator/parts/crd.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['clickhouse-operator', '*-clickhouse-operator', '*-altinity-clickhouse-operator'],
      namespaces: ['kube-system'],
    },
  ],
  owns: [
    { group: 'clickhouse.altinity.com', kinds: ['ClickHouseInstallation'] },
    { group: 'clickhouse-keeper.altinity.com', kinds: ['ClickHouseKeeperInstallation'] },
  ],
  images: [
    {
      of: 'docker.io/clickhouse/clickhouse-server',
      container: 'clickhouse',
      at: {
        field: '/spec/templates/podTemplates/*/spec/containers/*/image',
        kind: 'ClickHouseInstallation',
        group: 'clickhouse.altinity.com',
      },
    },
    {
      of: 'docker.io/clickhouse/clickhouse-keeper',
      container: 'clickhouse-keeper',
      at: {
        field: '/spec/templates/podTemplates/*/spec/containers/*/image',
        kind: 'ClickHouseKeeperInstallation',
        group: 'clickhouse-keeper.altinity.com',
      },
    },
  ],
  reverts: 'on-change',
};
