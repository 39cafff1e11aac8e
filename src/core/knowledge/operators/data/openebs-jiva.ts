import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const openebsJiva: Operator = {
  name: 'openebs-jiva',
  title: 'OpenEBS Jiva operator',
  versions: '>=2.11 <=3.6',
  sources: github(
    'openebs/jiva-operator@v3.6.0',
    'pkg/controllers/jivavolume_controller.go',
    'deploy/yamls/operator.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['jiva-operator', 'openebs-jiva-operator'], namespaces: ['openebs'] },
  ],
  owns: [{ group: 'openebs.io', kinds: ['JivaVolume'] }],
  images: [
    { of: 'docker.io/openebs/jiva', at: { env: 'OPENEBS_IO_JIVA_CONTROLLER_IMAGE' } },
    { of: 'docker.io/openebs/jiva', at: { env: 'OPENEBS_IO_JIVA_REPLICA_IMAGE' } },
    { of: 'docker.io/openebs/m-exporter', at: { env: 'OPENEBS_IO_MAYA_EXPORTER_IMAGE' } },
  ],
  reverts: 'on-change',
};
