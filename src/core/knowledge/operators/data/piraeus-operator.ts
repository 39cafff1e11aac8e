import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'piraeus.io';

export const piraeusOperator: Operator = {
  name: 'piraeus-operator',
  title: 'Piraeus Operator (LINSTOR)',
  versions: '>=2.3.0 <=2.6.0',
  sources: github(
    'piraeusdatastore/piraeus-operator@v2.6.0',
    'charts/piraeus/templates/config.yaml',
    'config/crd/bases/piraeus.io_linstorclusters.yaml',
    'cmd/main.go',
  ),
  controllers: [
    { kind: 'Deployment', names: ['piraeus-operator-controller-manager'], namespaces: ['piraeus-datastore'] },
  ],
  owns: [{ group, kinds: ['LinstorCluster', 'LinstorSatellite', 'LinstorSatelliteConfiguration'] }],
  images: [
    {
      of: 'quay.io/piraeusdatastore/*',
      at: { field: '/spec/repository', kind: 'LinstorCluster', group, part: 'prefix' },
    },
    {
      of: 'quay.io/piraeusdatastore/*',
      at: {
        configMap: '*image-config',
        key: '0_piraeus_datastore_images.yaml',
        path: '/base',
        part: 'prefix',
      },
      restarts: true,
    },
  ],
  reverts: 'always',
};
