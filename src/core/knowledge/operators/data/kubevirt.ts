import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'kubevirt.io';

export const kubevirt: Operator = {
  name: 'kubevirt',
  title: 'KubeVirt',
  versions: '>=1.0.0 <=1.9.0',
  sources: github(
    'kubevirt/kubevirt@v1.9.0',
    'pkg/virt-operator/util/config.go',
    'manifests/generated/kv-resource.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['virt-operator'], namespaces: ['kubevirt'] }],
  owns: [{ group, kinds: ['KubeVirt'] }],
  images: [
    {
      of: 'quay.io/kubevirt/virt-*',
      at: { field: '/spec/imageRegistry', kind: 'KubeVirt', group, part: 'prefix' },
    },
    { of: 'quay.io/kubevirt/virt-*', at: { field: '/spec/imageTag', kind: 'KubeVirt', group, part: 'tag' } },
    { of: 'quay.io/kubevirt/virt-api', at: { env: 'VIRT_API_IMAGE' } },
    { of: 'quay.io/kubevirt/virt-controller', at: { env: 'VIRT_CONTROLLER_IMAGE' } },
    { of: 'quay.io/kubevirt/virt-handler', at: { env: 'VIRT_HANDLER_IMAGE' } },
    { of: 'quay.io/kubevirt/virt-launcher', at: { env: 'VIRT_LAUNCHER_IMAGE' } },
    { of: 'quay.io/kubevirt/virt-exportproxy', at: { env: 'VIRT_EXPORTPROXY_IMAGE' } },
    { of: 'quay.io/kubevirt/virt-exportserver', at: { env: 'VIRT_EXPORTSERVER_IMAGE' } },
  ],
  reverts: 'always',
};
