import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'apps.nebula-graph.io';

export const nebulaOperator: Operator = {
  name: 'nebula-operator',
  title: 'NebulaGraph Operator',
  versions: '>=1.5.0 <=1.8.7',
  sources: github(
    'vesoft-inc/nebula-operator@v1.8.7',
    'apis/apps/v1alpha1/nebulacluster_graphd.go',
    'apis/apps/v1alpha1/nebulacluster_metad.go',
    'apis/apps/v1alpha1/nebulacluster_storaged.go',
    'config/crd/bases/apps.nebula-graph.io_nebulaclusters.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['nebula-operator-controller-manager-deployment'],
      namespaces: ['nebula-operator-system'],
    },
  ],
  owns: [{ group, kinds: ['NebulaCluster', 'NebulaBackup', 'NebulaRestore'] }],
  images: [
    {
      of: 'docker.io/vesoft/nebula-graphd',
      container: 'graphd',
      at: { field: '/spec/graphd/image', kind: 'NebulaCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/vesoft/nebula-metad',
      container: 'metad',
      at: { field: '/spec/metad/image', kind: 'NebulaCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/vesoft/nebula-storaged',
      container: 'storaged',
      at: { field: '/spec/storaged/image', kind: 'NebulaCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/vesoft/nebula-agent',
      at: { field: '/spec/agent/image', kind: 'NebulaCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/vesoft/nebula-stats-exporter',
      at: { field: '/spec/exporter/image', kind: 'NebulaCluster', group, part: 'repository' },
    },
  ],
  reverts: 'always',
};
