import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const kubeblocks: Operator = {
  name: 'kubeblocks',
  title: 'KubeBlocks',
  versions: '>=0.8.0 <=1.0.2',
  sources: github(
    'apecloud/kubeblocks@v1.0.2',
    'pkg/constant/const.go',
    'deploy/helm/templates/deployment.yaml',
    'deploy/helm/values.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['kubeblocks', 'kubeblocks-dataprotection'], namespaces: ['kb-system'] },
  ],
  owns: [{ group: 'apps.kubeblocks.io', kinds: ['Cluster', 'Component'] }],
  images: [{ of: 'docker.io/apecloud/kubeblocks-tools', at: { env: 'KUBEBLOCKS_TOOLS_IMAGE' } }],
  reverts: 'always',
};
