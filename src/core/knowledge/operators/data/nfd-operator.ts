import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'nfd.kubernetes.io';

export const nfdOperator: Operator = {
  name: 'nfd-operator',
  title: 'Node Feature Discovery Operator',
  versions: '>=0.5.0 <=0.6.0',
  sources: github(
    'kubernetes-sigs/node-feature-discovery-operator@v0.6.0',
    'config/manager/manager.yaml',
    'config/crd/bases/nfd.kubernetes.io_nodefeaturediscoveries.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['nfd-controller-manager'] }],
  owns: [{ group, kinds: ['NodeFeatureDiscovery'] }],
  images: [
    {
      of: '**/node-feature-discovery',
      at: { field: '/spec/operand/image', kind: 'NodeFeatureDiscovery', group },
    },
  ],
  reverts: 'always',
};
