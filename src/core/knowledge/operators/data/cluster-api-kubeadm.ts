import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'controlplane.cluster.x-k8s.io';

export const clusterApiKubeadm: Operator = {
  name: 'cluster-api-kubeadm',
  title: 'Cluster API, kubeadm control plane',
  versions: '>=1.3.0 <=1.9.0',
  sources: github(
    'kubernetes-sigs/cluster-api@v1.9.0',
    'bootstrap/kubeadm/api/v1beta1/kubeadm_types.go',
    'controlplane/kubeadm/config/crd/bases/controlplane.cluster.x-k8s.io_kubeadmcontrolplanes.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['capi-kubeadm-control-plane-controller-manager'],
      namespaces: ['capi-kubeadm-control-plane-system'],
    },
  ],
  owns: [{ group, kinds: ['KubeadmControlPlane'] }],
  images: [
    {
      of: 'registry.k8s.io/coredns/coredns',
      container: 'coredns',
      at: {
        field: '/spec/kubeadmConfigSpec/clusterConfiguration/dns/imageRepository',
        kind: 'KubeadmControlPlane',
        group,
        part: 'prefix',
      },
    },
    {
      of: 'registry.k8s.io/etcd',
      container: 'etcd',
      at: {
        field: '/spec/kubeadmConfigSpec/clusterConfiguration/etcd/local/imageRepository',
        kind: 'KubeadmControlPlane',
        group,
        part: 'prefix',
      },
    },
    {
      of: 'registry.k8s.io/kube-*',
      at: {
        field: '/spec/kubeadmConfigSpec/clusterConfiguration/imageRepository',
        kind: 'KubeadmControlPlane',
        group,
        part: 'prefix',
      },
    },
  ],
  reverts: 'on-change',
};
