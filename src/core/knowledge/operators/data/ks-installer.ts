import type { Operator } from '../schema.ts';

const group = 'installer.kubesphere.io';

export const ksInstaller: Operator = {
  name: 'ks-installer',
  title: 'KubeSphere installer (ks-installer)',
  versions: '>=3.2.0 <=3.4.1',
  sources: [
    'https://github.com/kubesphere/ks-installer/blob/v3.4.1-patch.0/deploy/cluster-configuration.yaml',
    'https://github.com/kubesphere/ks-installer/blob/v3.4.1-patch.0/roles/download/defaults/main.yml',
    'https://github.com/kubesphere/ks-installer/blob/v3.4.1-patch.0/deploy/kubesphere-installer.yaml',
  ],
  controllers: [{ kind: 'Deployment', names: ['ks-installer'], namespaces: ['kubesphere-system'] }],
  owns: [{ group, kinds: ['ClusterConfiguration'] }],
  images: [
    {
      of: '**',
      at: { field: '/spec/local_registry', kind: 'ClusterConfiguration', group, part: 'registry' },
    },
  ],
  reverts: 'on-change',
};
