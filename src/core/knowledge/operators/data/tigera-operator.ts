import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.tigera.io';

export const tigeraOperator: Operator = {
  name: 'tigera-operator',
  title: 'Tigera operator (Calico)',
  versions: '>=1.25.0 <=1.43.0',
  sources: github(
    'tigera/operator@v1.43.0',
    'pkg/components/images.go',
    'pkg/components/references.go',
    'pkg/components/calico.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['tigera-operator'], namespaces: ['tigera-operator'] }],
  owns: [{ group, kinds: ['Installation', 'APIServer', 'ImageSet'] }],
  images: [
    {
      of: 'quay.io/calico/*',
      at: { field: '/spec/registry', kind: 'Installation', group, part: 'registry' },
    },
    {
      of: 'docker.io/calico/*',
      at: { field: '/spec/registry', kind: 'Installation', group, part: 'registry' },
    },
    {
      of: 'quay.io/tigera/*',
      at: { field: '/spec/registry', kind: 'Installation', group, part: 'registry' },
    },
  ],
  reverts: 'always',
};
