import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const clusterNetworkAddonsOperator: Operator = {
  name: 'cluster-network-addons-operator',
  title: 'Cluster Network Addons Operator (Multus, bridges)',
  versions: '>=0.85.0 <=0.102.0',
  sources: github(
    'kubevirt/cluster-network-addons-operator@v0.102.0',
    'pkg/components/components.go',
    'pkg/network/multus.go',
    'pkg/network/linux-bridge.go',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['cluster-network-addons-operator'],
      namespaces: ['cluster-network-addons'],
    },
  ],
  owns: [{ group: 'networkaddonsoperator.network.kubevirt.io', kinds: ['NetworkAddonsConfig'] }],
  images: [
    { of: 'ghcr.io/k8snetworkplumbingwg/multus-cni', container: 'kube-multus', at: { env: 'MULTUS_IMAGE' } },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/multus-dynamic-networks-controller',
      at: { env: 'MULTUS_DYNAMIC_NETWORKS_CONTROLLER_IMAGE' },
    },
    { of: 'quay.io/kubevirt/cni-default-plugins', at: { env: 'LINUX_BRIDGE_IMAGE' } },
    { of: 'quay.io/kubevirt/bridge-marker', at: { env: 'LINUX_BRIDGE_MARKER_IMAGE' } },
    { of: 'quay.io/kubevirt/kubemacpool', at: { env: 'KUBEMACPOOL_IMAGE' } },
    { of: 'ghcr.io/k8snetworkplumbingwg/ovs-cni-plugin', at: { env: 'OVS_CNI_IMAGE' } },
    { of: 'quay.io/kubevirt/macvtap-cni', at: { env: 'MACVTAP_CNI_IMAGE' } },
    { of: 'ghcr.io/kubevirt/kubesecondarydns', at: { env: 'KUBE_SECONDARY_DNS_IMAGE' } },
    { of: 'registry.k8s.io/coredns/coredns', at: { env: 'CORE_DNS_IMAGE' } },
    { of: 'ghcr.io/kubevirt/ipam-controller', at: { env: 'KUBEVIRT_IPAM_CONTROLLER_IMAGE' } },
  ],
  reverts: 'always',
};
