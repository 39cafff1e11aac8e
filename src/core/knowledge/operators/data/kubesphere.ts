import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const kubesphere: Operator = {
  name: 'kubesphere',
  title: 'KubeSphere 4 (ks-core)',
  versions: '4.1.3',
  sources: github(
    'kubesphere/kubesphere@v4.1.3',
    'config/ks-core/templates/kubesphere-config.yaml',
    'config/ks-core/values.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['ks-controller-manager', 'ks-apiserver'],
      namespaces: ['kubesphere-system'],
    },
  ],
  owns: [{ group: 'kubesphere.io', kinds: ['InstallPlan', 'Extension'] }],
  images: [
    {
      of: '**/kubectl',
      at: { configMap: 'kubesphere-config', key: 'kubesphere.yaml', path: '/terminal/kubectl/image' },
      restarts: true,
    },
  ],
  reverts: 'always',
};
