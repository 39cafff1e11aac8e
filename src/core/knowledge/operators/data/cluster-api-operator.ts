import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.cluster.x-k8s.io';

export const clusterApiOperator: Operator = {
  name: 'cluster-api-operator',
  title: 'Cluster API Operator',
  versions: '>=0.10.0 <=0.28.0',
  sources: github(
    'kubernetes-sigs/cluster-api-operator@v0.28.0',
    'config/crd/bases/operator.cluster.x-k8s.io_coreproviders.yaml',
    'config/crd/bases/operator.cluster.x-k8s.io_infrastructureproviders.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['capi-operator-controller-manager'], namespaces: ['capi-operator-system'] },
  ],
  owns: [
    {
      group,
      kinds: [
        'CoreProvider',
        'BootstrapProvider',
        'ControlPlaneProvider',
        'InfrastructureProvider',
        'AddonProvider',
      ],
    },
  ],
  images: [
    { of: '**', at: { field: '/spec/deployment/containers/*/imageUrl', kind: 'CoreProvider', group } },
    { of: '**', at: { field: '/spec/deployment/containers/*/imageUrl', kind: 'BootstrapProvider', group } },
    {
      of: '**',
      at: { field: '/spec/deployment/containers/*/imageUrl', kind: 'ControlPlaneProvider', group },
    },
    {
      of: '**',
      at: { field: '/spec/deployment/containers/*/imageUrl', kind: 'InfrastructureProvider', group },
    },
    { of: '**', at: { field: '/spec/deployment/containers/*/imageUrl', kind: 'AddonProvider', group } },
  ],
  reverts: 'on-change',
};
