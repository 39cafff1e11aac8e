import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'dragonflydb.io';

export const dragonflyOperator: Operator = {
  name: 'dragonfly-operator',
  title: 'Dragonfly Operator',
  versions: '>=1.1.0 <=1.6.1',
  sources: github(
    'dragonflydb/dragonfly-operator@v1.6.1',
    'cmd/main.go',
    'config/crd/bases/dragonflydb.io_dragonflies.yaml',
    'internal/resources/const.go',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['dragonfly-operator-controller-manager', '*dragonfly-operator'],
      namespaces: ['dragonfly-operator-system'],
    },
  ],
  owns: [{ group, kinds: ['Dragonfly'] }],
  images: [
    {
      of: 'docker.dragonflydb.io/dragonflydb/dragonfly',
      container: 'dragonfly',
      at: { field: '/spec/image', kind: 'Dragonfly', group },
    },
    {
      of: 'docker.dragonflydb.io/dragonflydb/dragonfly',
      container: 'dragonfly',
      at: { flag: '--dragonfly-image' },
    },
  ],
  reverts: 'always',
};
