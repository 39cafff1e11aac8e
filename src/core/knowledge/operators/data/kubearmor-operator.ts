import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.kubearmor.com';

export const kubearmorOperator: Operator = {
  name: 'kubearmor-operator',
  title: 'KubeArmor Operator',
  versions: '>=1.1.0 <=1.7.4',
  sources: github(
    'kubearmor/KubeArmor@v1.7.4',
    'pkg/KubeArmorOperator/common/defaults.go',
    'deployments/helm/KubeArmorOperator/crds/operator.kubearmor.com_kubearmorconfigs.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['kubearmor-operator'], namespaces: ['kubearmor'] }],
  owns: [{ group, kinds: ['KubeArmorConfig'] }],
  images: [
    {
      of: 'docker.io/kubearmor/kubearmor',
      at: { field: '/spec/kubearmorImage/image', kind: 'KubeArmorConfig', group },
    },
    {
      of: 'docker.io/kubearmor/kubearmor-init',
      at: { field: '/spec/kubearmorInitImage/image', kind: 'KubeArmorConfig', group },
    },
    {
      of: 'docker.io/kubearmor/kubearmor-relay-server',
      at: { field: '/spec/kubearmorRelayImage/image', kind: 'KubeArmorConfig', group },
    },
    {
      of: 'docker.io/kubearmor/kubearmor-controller',
      at: { field: '/spec/kubearmorControllerImage/image', kind: 'KubeArmorConfig', group },
    },
  ],
  reverts: 'always',
};
