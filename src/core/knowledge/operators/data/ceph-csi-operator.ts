import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const cephCsiOperator: Operator = {
  name: 'ceph-csi-operator',
  title: 'Ceph-CSI Operator',
  versions: '>=0.3.0 <=1.0.4',
  sources: [
    ...github(
      'ceph/ceph-csi-operator@v1.0.4',
      'internal/controller/defaults.go',
      'internal/controller/driver_controller.go',
    ),
    ...github('rook/rook@v1.20.6', 'deploy/charts/rook-ceph/templates/configmap.yaml'),
  ],
  controllers: [
    { kind: 'Deployment', names: ['ceph-csi-operator-controller-manager', 'ceph-csi-controller-manager'] },
  ],
  owns: [{ group: 'csi.ceph.io', kinds: ['Driver', 'OperatorConfig'] }],
  images: [
    {
      of: 'registry.k8s.io/sig-storage/csi-provisioner',
      at: { configMap: '*image-set-configmap', key: 'provisioner' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-attacher',
      at: { configMap: '*image-set-configmap', key: 'attacher' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-resizer',
      at: { configMap: '*image-set-configmap', key: 'resizer' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-snapshotter',
      at: { configMap: '*image-set-configmap', key: 'snapshotter' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-node-driver-registrar',
      at: { configMap: '*image-set-configmap', key: 'registrar' },
    },
    { of: 'quay.io/cephcsi/cephcsi', at: { configMap: '*image-set-configmap', key: 'plugin' } },
    { of: 'quay.io/csiaddons/k8s-sidecar', at: { configMap: '*image-set-configmap', key: 'addons' } },
  ],
  reverts: 'always',
};
