import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'nvidia.com';

export const gpuOperator: Operator = {
  name: 'gpu-operator',
  title: 'NVIDIA GPU Operator',
  versions: '>=23.9.0 <=26.7.0',
  sources: github(
    'NVIDIA/gpu-operator@v26.7.0',
    'api/nvidia/v1/clusterpolicy_types.go',
    'deployments/gpu-operator/values.yaml',
    'config/crd/bases/nvidia.com_clusterpolicies.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['gpu-operator'], namespaces: ['gpu-operator', 'nvidia-gpu-operator'] },
  ],
  owns: [{ group, kinds: ['ClusterPolicy'] }],
  images: [
    {
      of: 'nvcr.io/nvidia/driver',
      at: { field: '/spec/driver/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/driver',
      at: { field: '/spec/driver/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/k8s/container-toolkit',
      at: { field: '/spec/toolkit/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/k8s/container-toolkit',
      at: { field: '/spec/toolkit/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/k8s-device-plugin',
      at: { field: '/spec/devicePlugin/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/k8s-device-plugin',
      at: { field: '/spec/devicePlugin/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/cloud-native/dcgm',
      at: { field: '/spec/dcgm/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/cloud-native/dcgm',
      at: { field: '/spec/dcgm/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/k8s/dcgm-exporter',
      at: { field: '/spec/dcgmExporter/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/k8s/dcgm-exporter',
      at: { field: '/spec/dcgmExporter/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/k8s-device-plugin',
      at: { field: '/spec/gfd/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/k8s-device-plugin',
      at: { field: '/spec/gfd/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/cloud-native/k8s-mig-manager',
      at: { field: '/spec/migManager/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/cloud-native/k8s-mig-manager',
      at: { field: '/spec/migManager/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
    {
      of: 'nvcr.io/nvidia/gpu-operator',
      at: { field: '/spec/validator/repository', kind: 'ClusterPolicy', group, part: 'prefix' },
    },
    {
      of: 'nvcr.io/nvidia/gpu-operator',
      at: { field: '/spec/validator/version', kind: 'ClusterPolicy', group, part: 'tag' },
    },
  ],
  reverts: 'always',
};
