import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const juicefsCsiDriver: Operator = {
  name: 'juicefs-csi-driver',
  title: 'JuiceFS CSI Driver',
  versions: '>=0.24.0 <=0.32.4',
  sources: github(
    'juicedata/juicefs-csi-driver@v0.32.4',
    'cmd/node.go',
    'cmd/controller.go',
    'pkg/config/config.go',
    'docs/en/guide/configurations.md',
  ),
  controllers: [
    { kind: 'DaemonSet', names: ['juicefs-csi-node'], namespaces: ['kube-system'] },
    { kind: 'StatefulSet', names: ['juicefs-csi-controller'], namespaces: ['kube-system'] },
  ],
  owns: [],
  images: [
    {
      of: 'docker.io/juicedata/mount',
      container: 'jfs-mount',
      at: {
        configMap: 'juicefs-csi-driver-config',
        key: 'config.yaml',
        path: '/mountPodPatch/*/ceMountImage',
      },
    },
    { of: 'docker.io/juicedata/mount', container: 'jfs-mount', at: { env: 'JUICEFS_CE_MOUNT_IMAGE' } },
  ],
  reverts: 'never',
};
