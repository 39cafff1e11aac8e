import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'installer.kubesphere.io';

export const ksInstaller: Operator = {
  name: 'ks-installer',
  title: 'KubeSphere installer (ks-installer)',
  versions: '>=3.2.0 <=3.4.1',
  sources: github(
    'kubesphere/ks-installer@v3.4.1-patch.0',
    'deploy/cluster-configuration.yaml',
    'roles/download/defaults/main.yml',
    'deploy/kubesphere-installer.yaml',
  ),
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
