import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'ceph.rook.io';

export const rook: Operator = {
  name: 'rook',
  title: 'Rook (Ceph)',
  versions: '>=1.10.0 <=1.18.0',
  sources: github(
    'rook/rook@v1.18.0',
    'deploy/examples/operator.yaml',
    'pkg/operator/ceph/csi/csi.go',
    'deploy/examples/crds.yaml',
    'deploy/examples/images.txt',
  ),
  controllers: [{ kind: 'Deployment', names: ['rook-ceph-operator'] }],
  owns: [
    {
      group,
      kinds: [
        'CephCluster',
        'CephFilesystem',
        'CephObjectStore',
        'CephBlockPool',
        'CephNFS',
        'CephRBDMirror',
        'CephFilesystemMirror',
        'CephCOSIDriver',
      ],
    },
  ],
  images: [
    { of: 'quay.io/ceph/ceph', at: { field: '/spec/cephVersion/image', kind: 'CephCluster', group } },
    { of: 'quay.io/ceph/cosi', at: { field: '/spec/image', kind: 'CephCOSIDriver', group } },
    {
      of: 'gcr.io/k8s-staging-sig-storage/objectstorage-sidecar',
      at: { field: '/spec/objectProvisionerImage', kind: 'CephCOSIDriver', group },
    },
    {
      of: 'quay.io/cephcsi/cephcsi',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_CEPH_IMAGE' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-node-driver-registrar',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_REGISTRAR_IMAGE' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-resizer',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_RESIZER_IMAGE' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-provisioner',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_PROVISIONER_IMAGE' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-snapshotter',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_SNAPSHOTTER_IMAGE' },
    },
    {
      of: 'registry.k8s.io/sig-storage/csi-attacher',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSI_ATTACHER_IMAGE' },
    },
    {
      of: 'quay.io/csiaddons/k8s-sidecar',
      at: { configMap: 'rook-ceph-operator-config', key: 'ROOK_CSIADDONS_IMAGE' },
    },
  ],
  reverts: 'always',
};
