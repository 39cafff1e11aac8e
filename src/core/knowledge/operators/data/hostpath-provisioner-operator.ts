import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const hostpathProvisionerOperator: Operator = {
  name: 'hostpath-provisioner-operator',
  title: 'Hostpath Provisioner Operator (KubeVirt)',
  versions: '>=0.15.0 <=0.25.2',
  sources: github('kubevirt/hostpath-provisioner-operator@v0.25.2', 'deploy/operator.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['hostpath-provisioner-operator'], namespaces: ['hostpath-provisioner'] },
  ],
  owns: [{ group: 'hostpathprovisioner.kubevirt.io', kinds: ['HostPathProvisioner'] }],
  images: [
    { of: 'quay.io/kubevirt/hostpath-provisioner', at: { env: 'PROVISIONER_IMAGE' } },
    { of: 'quay.io/kubevirt/hostpath-csi-driver', at: { env: 'CSI_PROVISIONER_IMAGE' } },
    { of: 'registry.k8s.io/sig-storage/csi-node-driver-registrar', at: { env: 'NODE_DRIVER_REG_IMAGE' } },
    { of: 'registry.k8s.io/sig-storage/livenessprobe', at: { env: 'LIVENESS_PROBE_IMAGE' } },
    { of: 'registry.k8s.io/sig-storage/csi-snapshotter', at: { env: 'CSI_SNAPSHOT_IMAGE' } },
    { of: 'registry.k8s.io/sig-storage/csi-provisioner', at: { env: 'CSI_SIG_STORAGE_PROVISIONER_IMAGE' } },
  ],
  reverts: 'always',
};
