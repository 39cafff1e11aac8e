import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'mellanox.com';

export const nvidiaNetworkOperator: Operator = {
  name: 'nvidia-network-operator',
  title: 'NVIDIA Network Operator',
  versions: '>=24.1.0 <=26.4.1',
  sources: github(
    'Mellanox/network-operator@v26.4.1',
    'api/v1alpha1/nicclusterpolicy_types.go',
    'config/crd/bases/mellanox.com_nicclusterpolicies.yaml',
    'example/crs/mellanox.com_v1alpha1_nicclusterpolicy_cr-full-ocp.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['nvidia-network-operator-controller-manager', 'network-operator', '*-network-operator'],
      namespaces: ['nvidia-network-operator'],
    },
  ],
  owns: [{ group, kinds: ['NicClusterPolicy'] }],
  images: [
    {
      of: 'nvcr.io/nvidia/mellanox/doca-driver',
      at: { field: '/spec/ofedDriver/repository', kind: 'NicClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/mellanox/k8s-rdma-shared-dev-plugin',
      at: {
        field: '/spec/rdmaSharedDevicePlugin/repository',
        kind: 'NicClusterPolicy',
        group,
        part: 'prefix',
      },
    },
    {
      of: 'nvcr.io/nvidia/mellanox/sriov-network-device-plugin',
      at: { field: '/spec/sriovDevicePlugin/repository', kind: 'NicClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/mellanox/ib-kubernetes',
      at: { field: '/spec/ibKubernetes/repository', kind: 'NicClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/mellanox/nvidia-k8s-ipam',
      at: { field: '/spec/nvIpam/repository', kind: 'NicClusterPolicy', group, part: 'prefix' },
    },
  ],
  reverts: 'always',
};
