import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'kubeflow.org';

export const kubeflowTrainingOperator: Operator = {
  name: 'kubeflow-training-operator',
  title: 'Kubeflow Training Operator 1',
  versions: '>=1.7.0 <=1.9.3',
  sources: github(
    'kubeflow/trainer@v1.9.3',
    'pkg/config/config.go',
    'cmd/training-operator.v1/main.go',
    'manifests/base/crds/kubeflow.org_pytorchjobs.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['training-operator'], namespaces: ['kubeflow'] }],
  owns: [{ group, kinds: ['PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob'] }],
  images: [
    {
      of: '**',
      at: {
        field: '/spec/pytorchReplicaSpecs/*/template/spec/containers/*/image',
        kind: 'PyTorchJob',
        group,
      },
    },
    {
      of: '**',
      at: { field: '/spec/tfReplicaSpecs/*/template/spec/containers/*/image', kind: 'TFJob', group },
    },
    {
      of: '**',
      at: { field: '/spec/mpiReplicaSpecs/*/template/spec/containers/*/image', kind: 'MPIJob', group },
    },
    {
      of: '**',
      at: { field: '/spec/xgbReplicaSpecs/*/template/spec/containers/*/image', kind: 'XGBoostJob', group },
    },
    {
      of: 'docker.io/library/alpine',
      container: 'init-pytorch',
      at: { flag: '--pytorch-init-container-image' },
    },
  ],
  reverts: 'on-change',
};
