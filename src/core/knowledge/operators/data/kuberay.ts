import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'ray.io';

export const kuberay: Operator = {
  name: 'kuberay',
  title: 'KubeRay',
  versions: '>=1.0.0 <=1.7.0',
  sources: github(
    'ray-project/kuberay@v1.7.0',
    'ray-operator/controllers/ray/common/pod.go',
    'ray-operator/config/crd/bases/ray.io_rayclusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['kuberay-operator'] }],
  owns: [{ group, kinds: ['RayCluster', 'RayJob', 'RayService'] }],
  images: [
    {
      of: '**',
      at: { field: '/spec/headGroupSpec/template/spec/containers/*/image', kind: 'RayCluster', group },
    },
    {
      of: '**',
      at: { field: '/spec/workerGroupSpecs/*/template/spec/containers/*/image', kind: 'RayCluster', group },
    },
    {
      of: '**',
      container: 'autoscaler',
      at: { field: '/spec/autoscalerOptions/image', kind: 'RayCluster', group },
    },
    {
      of: '**',
      at: {
        field: '/spec/rayClusterSpec/headGroupSpec/template/spec/containers/*/image',
        kind: 'RayJob',
        group,
      },
    },
    {
      of: '**',
      at: {
        field: '/spec/rayClusterSpec/workerGroupSpecs/*/template/spec/containers/*/image',
        kind: 'RayJob',
        group,
      },
    },
    {
      of: '**',
      at: {
        field: '/spec/rayClusterConfig/headGroupSpec/template/spec/containers/*/image',
        kind: 'RayService',
        group,
      },
    },
    {
      of: '**',
      at: {
        field: '/spec/rayClusterConfig/workerGroupSpecs/*/template/spec/containers/*/image',
        kind: 'RayService',
        group,
      },
    },
  ],
  reverts: 'on-change',
};
