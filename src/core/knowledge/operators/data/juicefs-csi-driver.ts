import type { Operator } from '../schema.ts';

export const juicefsCsiDriver: Operator = {
  name: 'juicefs-csi-driver',
  title: 'JuiceFS CSI Driver',
  versions: '>=0.24.0 <=0.32.4',
  sources: [
    'https://github.com/juicedata/juicefs-csi-driver/blob/v0.32.4/cmd/node.go',
    'https://github.com/juicedata/juicefs-csi-driver/blob/v0.32.4/cmd/controller.go',
    'https://github.com/juicedata/juicefs-csi-driver/blob/v0.32.4/pkg/config/config.go',
    'https://github.com/juicedata/juicefs-csi-driver/blob/v0.32.4/docs/en/guide/configurations.md',
  ],
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
