import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const openebsCstor: Operator = {
  name: 'openebs-cstor',
  title: 'OpenEBS cStor operators',
  versions: '>=2.11.1 <=3.6.0',
  sources: github('openebs/cstor-operators@v3.6.0', 'deploy/cstor-operator.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['cspc-operator', 'openebs-cstor-cspc-operator'], namespaces: ['openebs'] },
    { kind: 'Deployment', names: ['cvc-operator', 'openebs-cstor-cvc-operator'], namespaces: ['openebs'] },
  ],
  owns: [
    { group: 'cstor.openebs.io', kinds: ['CStorPoolCluster', 'CStorPoolInstance', 'CStorVolumeConfig'] },
  ],
  images: [
    { of: 'docker.io/openebs/cstor-pool-manager', at: { env: 'OPENEBS_IO_CSPI_MGMT_IMAGE' } },
    { of: 'docker.io/openebs/cstor-pool', at: { env: 'OPENEBS_IO_CSTOR_POOL_IMAGE' } },
    { of: 'docker.io/openebs/m-exporter', at: { env: 'OPENEBS_IO_CSTOR_POOL_EXPORTER_IMAGE' } },
    { of: 'docker.io/openebs/cstor-istgt', at: { env: 'OPENEBS_IO_CSTOR_TARGET_IMAGE' } },
    { of: 'docker.io/openebs/cstor-volume-manager', at: { env: 'OPENEBS_IO_CSTOR_VOLUME_MGMT_IMAGE' } },
    { of: 'docker.io/openebs/m-exporter', at: { env: 'OPENEBS_IO_VOLUME_MONITOR_IMAGE' } },
  ],
  reverts: 'on-change',
};
