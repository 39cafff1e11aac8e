import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'nifi.konpyutaika.com';

export const nifikop: Operator = {
  name: 'nifikop',
  title: 'NiFiKop',
  versions: '>=1.1.0 <=1.17.0',
  sources: github(
    'konpyutaika/nifikop@v1.17.0-release',
    'api/v1/nificluster_types.go',
    'config/crd/bases/nifi.konpyutaika.com_nificlusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['nifikop', '*-nifikop'] }],
  owns: [{ group, kinds: ['NifiCluster'] }],
  images: [
    {
      of: 'docker.io/apache/nifi',
      container: 'nifi',
      at: { field: '/spec/clusterImage', kind: 'NifiCluster', group },
    },
    { of: 'docker.io/library/bash', at: { field: '/spec/initContainerImage', kind: 'NifiCluster', group } },
    {
      of: 'docker.io/library/busybox',
      at: { field: '/spec/initContainerImage', kind: 'NifiCluster', group },
    },
  ],
  reverts: 'always',
};
