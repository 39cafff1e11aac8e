import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const openebsLocalpv: Operator = {
  name: 'openebs-localpv',
  title: 'OpenEBS Dynamic LocalPV provisioner',
  versions: '>=3.0.0 <=4.0.0',
  sources: github(
    'openebs/dynamic-localpv-provisioner@v4.0.0',
    'cmd/provisioner-localpv/app/env.go',
    'deploy/kubectl/hostpath-operator.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['openebs-localpv-provisioner', '*localpv-provisioner'] }],
  owns: [],
  images: [{ of: 'docker.io/openebs/linux-utils', at: { env: 'OPENEBS_IO_HELPER_IMAGE' } }],
  reverts: 'never',
};
