import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'core.libopenstorage.org';

export const portworxOperator: Operator = {
  name: 'portworx-operator',
  title: 'Portworx Operator',
  versions: '>=1.10.4 <=24.1.0',
  sources: github(
    'libopenstorage/operator@portworx-24.1.0',
    'deploy/crds/deprecated/core_v1_storagecluster_crd.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['portworx-operator'] }],
  owns: [{ group, kinds: ['StorageCluster', 'StorageNode'] }],
  images: [
    {
      of: '**/oci-monitor',
      container: 'portworx',
      at: { field: '/spec/image', kind: 'StorageCluster', group },
    },
    { of: '**/stork', container: 'stork', at: { field: '/spec/stork/image', kind: 'StorageCluster', group } },
    {
      of: '**/autopilot',
      container: 'autopilot',
      at: { field: '/spec/autopilot/image', kind: 'StorageCluster', group },
    },
    { of: '**', at: { field: '/spec/customImageRegistry', kind: 'StorageCluster', group, part: 'registry' } },
  ],
  reverts: 'always',
};
