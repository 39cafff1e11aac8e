import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'apps.nvidia.com';

export const nimOperator: Operator = {
  name: 'nim-operator',
  title: 'NVIDIA NIM Operator',
  versions: '>=2.0.0 <=3.1.2',
  sources: github(
    'NVIDIA/k8s-nim-operator@v3.1.2',
    'config/crd/bases/apps.nvidia.com_nimservices.yaml',
    'config/crd/bases/apps.nvidia.com_nimcaches.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['k8s-nim-operator', 'k8s-nim-operator-controller-manager', '*-k8s-nim-operator'],
      namespaces: ['nim-operator'],
    },
  ],
  owns: [{ group, kinds: ['NIMService', 'NIMCache', 'NIMPipeline'] }],
  images: [
    { of: '**', at: { field: '/spec/image/repository', kind: 'NIMService', group, part: 'repository' } },
    { of: '**', at: { field: '/spec/source/ngc/modelPuller', kind: 'NIMCache', group } },
  ],
  reverts: 'always',
};
