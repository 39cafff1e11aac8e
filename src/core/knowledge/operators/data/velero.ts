import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const velero: Operator = {
  name: 'velero',
  title: 'Velero',
  versions: '>=1.10.0 <=1.18.1',
  sources: github(
    'vmware-tanzu/velero@v1.18.1',
    'pkg/restore/actions/pod_volume_restore_action.go',
    'pkg/install/deployment.go',
  ),
  controllers: [
    { kind: 'Deployment', names: ['velero'], namespaces: ['velero'] },
    { kind: 'DaemonSet', names: ['node-agent'], namespaces: ['velero'], only: true },
  ],
  owns: [{ group: 'velero.io', kinds: ['Backup', 'Restore', 'PodVolumeRestore'] }],
  images: [
    {
      of: 'docker.io/velero/velero*',
      container: 'restore-wait',
      at: { configMap: '*restore-action-config', key: 'image' },
    },
  ],
  reverts: 'never',
};
