import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'deviceplugin.intel.com';

export const intelDevicePluginsOperator: Operator = {
  name: 'intel-device-plugins-operator',
  title: 'Intel Device Plugins Operator',
  versions: '>=0.26.0 <=0.36.0',
  sources: github(
    'intel/intel-device-plugins-for-kubernetes@v0.36.0',
    'deployments/operator/crd/bases/deviceplugin.intel.com_gpudeviceplugins.yaml',
    'deployments/operator/crd/bases/deviceplugin.intel.com_qatdeviceplugins.yaml',
    'deployments/operator/samples/deviceplugin_v1_gpudeviceplugin.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['inteldeviceplugins-controller-manager'] }],
  owns: [
    {
      group,
      kinds: [
        'GpuDevicePlugin',
        'QatDevicePlugin',
        'SgxDevicePlugin',
        'FpgaDevicePlugin',
        'DsaDevicePlugin',
        'DlbDevicePlugin',
        'IaaDevicePlugin',
      ],
    },
  ],
  images: [
    { of: 'docker.io/intel/intel-gpu-plugin', at: { field: '/spec/image', kind: 'GpuDevicePlugin', group } },
    { of: 'docker.io/intel/intel-qat-plugin', at: { field: '/spec/image', kind: 'QatDevicePlugin', group } },
    { of: 'docker.io/intel/intel-sgx-plugin', at: { field: '/spec/image', kind: 'SgxDevicePlugin', group } },
    {
      of: 'docker.io/intel/intel-fpga-plugin',
      at: { field: '/spec/image', kind: 'FpgaDevicePlugin', group },
    },
    { of: 'docker.io/intel/intel-dsa-plugin', at: { field: '/spec/image', kind: 'DsaDevicePlugin', group } },
    { of: 'docker.io/intel/intel-dlb-plugin', at: { field: '/spec/image', kind: 'DlbDevicePlugin', group } },
    { of: 'docker.io/intel/intel-iaa-plugin', at: { field: '/spec/image', kind: 'IaaDevicePlugin', group } },
  ],
  reverts: 'always',
};
