import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.karmada.io';

export const karmadaOperator: Operator = {
  name: 'karmada-operator',
  title: 'Karmada operator',
  versions: '>=1.6.0 <=1.18.2',
  sources: github(
    'karmada-io/karmada@v1.18.2',
    'operator/config/crds/operator.karmada.io_karmadas.yaml',
    'operator/pkg/constants/constants.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['karmada-operator'], namespaces: ['karmada-system'] }],
  owns: [{ group, kinds: ['Karmada'] }],
  images: [
    {
      of: 'registry.k8s.io/etcd',
      at: {
        field: '/spec/components/etcd/local/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'registry.k8s.io/kube-apiserver',
      at: {
        field: '/spec/components/karmadaAPIServer/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'registry.k8s.io/kube-controller-manager',
      at: {
        field: '/spec/components/kubeControllerManager/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-aggregated-apiserver',
      at: {
        field: '/spec/components/karmadaAggregatedAPIServer/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-controller-manager',
      at: {
        field: '/spec/components/karmadaControllerManager/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-scheduler',
      at: {
        field: '/spec/components/karmadaScheduler/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-webhook',
      at: {
        field: '/spec/components/karmadaWebhook/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-descheduler',
      at: {
        field: '/spec/components/karmadaDescheduler/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-search',
      at: {
        field: '/spec/components/karmadaSearch/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
    {
      of: 'docker.io/karmada/karmada-metrics-adapter',
      at: {
        field: '/spec/components/karmadaMetricsAdapter/imageRepository',
        kind: 'Karmada',
        group,
        part: 'repository',
      },
    },
  ],
  reverts: 'on-change',
};
