import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.victoriametrics.com';

export const victoriametricsOperator: Operator = {
  name: 'victoriametrics-operator',
  title: 'VictoriaMetrics Operator',
  versions: '>=0.57.0 <=0.74.1',
  sources: github(
    'VictoriaMetrics/operator@v0.74.1',
    'internal/config/config.go',
    'docs/env.md',
    'config/crd/overlay/crd.descriptionless.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['vm-operator', '*-victoria-metrics-operator'], namespaces: ['vm'] },
  ],
  owns: [
    {
      group,
      kinds: [
        'VMSingle',
        'VMCluster',
        'VMAgent',
        'VMAlert',
        'VMAlertmanager',
        'VMAuth',
        'VLSingle',
        'VLCluster',
      ],
    },
  ],
  images: [
    {
      of: 'docker.io/victoriametrics/victoria-metrics',
      at: { field: '/spec/image/repository', kind: 'VMSingle', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmagent',
      at: { field: '/spec/image/repository', kind: 'VMAgent', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmalert',
      at: { field: '/spec/image/repository', kind: 'VMAlert', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmauth',
      at: { field: '/spec/image/repository', kind: 'VMAuth', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmselect',
      container: 'vmselect',
      at: { field: '/spec/vmselect/image/repository', kind: 'VMCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vminsert',
      container: 'vminsert',
      at: { field: '/spec/vminsert/image/repository', kind: 'VMCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmstorage',
      container: 'vmstorage',
      at: { field: '/spec/vmstorage/image/repository', kind: 'VMCluster', group, part: 'repository' },
    },
    {
      of: 'docker.io/prom/alertmanager',
      at: { field: '/spec/image/repository', kind: 'VMAlertmanager', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/operator',
      at: { field: '/spec/configReloaderImage', kind: 'VMAgent', group },
    },
    {
      of: 'docker.io/victoriametrics/operator',
      at: { field: '/spec/configReloaderImage', kind: 'VMAlert', group },
    },
    {
      of: 'docker.io/victoriametrics/operator',
      at: { field: '/spec/configReloaderImage', kind: 'VMAuth', group },
    },
    {
      of: 'docker.io/victoriametrics/operator',
      at: { field: '/spec/configReloaderImage', kind: 'VMAlertmanager', group },
    },
    {
      of: 'docker.io/victoriametrics/victoria-logs',
      at: { field: '/spec/image/repository', kind: 'VLSingle', group, part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/victoria-metrics',
      at: { env: 'VM_VMSINGLEDEFAULT_IMAGE', part: 'repository' },
    },
    { of: 'docker.io/victoriametrics/vmagent', at: { env: 'VM_VMAGENTDEFAULT_IMAGE', part: 'repository' } },
    { of: 'docker.io/victoriametrics/vmalert', at: { env: 'VM_VMALERTDEFAULT_IMAGE', part: 'repository' } },
    { of: 'docker.io/victoriametrics/vmauth', at: { env: 'VM_VMAUTHDEFAULT_IMAGE', part: 'repository' } },
    {
      of: 'docker.io/victoriametrics/vmselect',
      container: 'vmselect',
      at: { env: 'VM_VMCLUSTERDEFAULT_VMSELECTDEFAULT_IMAGE', part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vminsert',
      container: 'vminsert',
      at: { env: 'VM_VMCLUSTERDEFAULT_VMINSERTDEFAULT_IMAGE', part: 'repository' },
    },
    {
      of: 'docker.io/victoriametrics/vmstorage',
      container: 'vmstorage',
      at: { env: 'VM_VMCLUSTERDEFAULT_VMSTORAGEDEFAULT_IMAGE', part: 'repository' },
    },
    {
      of: 'docker.io/prom/alertmanager',
      at: { env: 'VM_VMALERTMANAGER_ALERTMANAGERDEFAULTBASEIMAGE', part: 'repository' },
    },
    { of: 'docker.io/victoriametrics/operator', at: { env: 'VM_CONFIG_RELOADER_IMAGE' } },
    { of: 'docker.io/victoriametrics/*', at: { env: 'VM_CONTAINERREGISTRY', part: 'registry' } },
  ],
  reverts: 'always',
};
