import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const longhorn: Operator = {
  name: 'longhorn',
  title: 'Longhorn',
  versions: '>=1.4.0 <=1.12.1',
  sources: [
    ...github('longhorn/longhorn-manager@v1.12.1', 'app/daemon.go', 'app/driver.go'),
    ...github('longhorn/longhorn@v1.12.1', 'deploy/longhorn.yaml'),
  ],
  controllers: [
    { kind: 'DaemonSet', names: ['longhorn-manager'] },
    { kind: 'Deployment', names: ['longhorn-driver-deployer'] },
  ],
  owns: [
    {
      group: 'longhorn.io',
      kinds: [
        'Volume',
        'Engine',
        'Replica',
        'InstanceManager',
        'ShareManager',
        'EngineImage',
        'BackingImageManager',
      ],
    },
  ],
  images: [
    { of: 'docker.io/longhornio/longhorn-engine', at: { flag: '--engine-image' } },
    { of: 'docker.io/longhornio/longhorn-instance-manager', at: { flag: '--instance-manager-image' } },
    { of: 'docker.io/longhornio/longhorn-share-manager', at: { flag: '--share-manager-image' } },
    { of: 'docker.io/longhornio/backing-image-manager', at: { flag: '--backing-image-manager-image' } },
    { of: 'docker.io/longhornio/support-bundle-kit', at: { flag: '--support-bundle-manager-image' } },
    { of: 'docker.io/longhornio/longhorn-manager', at: { flag: '--manager-image' } },
    { of: 'docker.io/longhornio/csi-attacher', at: { env: 'CSI_ATTACHER_IMAGE' } },
    { of: 'docker.io/longhornio/csi-provisioner', at: { env: 'CSI_PROVISIONER_IMAGE' } },
    { of: 'docker.io/longhornio/csi-resizer', at: { env: 'CSI_RESIZER_IMAGE' } },
    { of: 'docker.io/longhornio/csi-snapshotter', at: { env: 'CSI_SNAPSHOTTER_IMAGE' } },
    { of: 'docker.io/longhornio/csi-node-driver-registrar', at: { env: 'CSI_NODE_DRIVER_REGISTRAR_IMAGE' } },
    { of: 'docker.io/longhornio/livenessprobe', at: { env: 'CSI_LIVENESS_PROBE_IMAGE' } },
  ],
  reverts: 'always',
};
