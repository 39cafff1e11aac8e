import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const sriovNetworkOperator: Operator = {
  name: 'sriov-network-operator',
  title: 'SR-IOV Network Operator',
  versions: '>=1.3.0 <=1.6.0',
  sources: github(
    'k8snetworkplumbingwg/sriov-network-operator@v1.6.0',
    'deploy/operator.yaml',
    'deployment/sriov-network-operator-chart/values.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['sriov-network-operator'] }],
  owns: [{ group: 'sriovnetwork.openshift.io', kinds: ['SriovNetworkNodePolicy', 'SriovOperatorConfig'] }],
  images: [
    { of: 'ghcr.io/k8snetworkplumbingwg/sriov-cni', at: { env: 'SRIOV_CNI_IMAGE' } },
    { of: 'ghcr.io/k8snetworkplumbingwg/ib-sriov-cni', at: { env: 'SRIOV_INFINIBAND_CNI_IMAGE' } },
    { of: 'ghcr.io/k8snetworkplumbingwg/ovs-cni-plugin', at: { env: 'OVS_CNI_IMAGE' } },
    { of: 'ghcr.io/k8snetworkplumbingwg/rdma-cni', at: { env: 'RDMA_CNI_IMAGE' } },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin',
      at: { env: 'SRIOV_DEVICE_PLUGIN_IMAGE' },
    },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/network-resources-injector',
      at: { env: 'NETWORK_RESOURCES_INJECTOR_IMAGE' },
    },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/sriov-network-operator-config-daemon',
      at: { env: 'SRIOV_NETWORK_CONFIG_DAEMON_IMAGE' },
    },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/sriov-network-operator-webhook',
      at: { env: 'SRIOV_NETWORK_WEBHOOK_IMAGE' },
    },
    {
      of: 'ghcr.io/k8snetworkplumbingwg/sriov-network-metrics-exporter',
      at: { env: 'METRICS_EXPORTER_IMAGE' },
    },
  ],
  reverts: 'always',
};
