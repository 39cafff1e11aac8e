import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'infinispan.org';

export const infinispanOperator: Operator = {
  name: 'infinispan-operator',
  title: 'Infinispan Operator',
  versions: '2026-08',
  sources: github('infinispan/infinispan-operator@HEAD', 'config/crd/bases/infinispan.org_infinispans.yaml'),
  controllers: [{ kind: 'Deployment', names: ['infinispan-operator-controller-manager'] }],
  owns: [{ group, kinds: ['Infinispan'] }],
  images: [
    {
      of: 'quay.io/infinispan/server',
      container: 'infinispan',
      at: { field: '/spec/image', kind: 'Infinispan', group },
    },
  ],
  reverts: 'always',
};
