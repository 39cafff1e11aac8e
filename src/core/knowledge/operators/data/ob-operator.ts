import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'oceanbase.oceanbase.com';

export const obOperator: Operator = {
  name: 'ob-operator',
  title: 'OceanBase Operator',
  versions: '>=2.3 <3',
  sources: github('oceanbase/ob-operator@HEAD', 'config/crd/bases/oceanbase.oceanbase.com_obclusters.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['oceanbase-controller-manager'], namespaces: ['oceanbase-system'] },
  ],
  owns: [{ group, kinds: ['OBCluster', 'OBZone', 'OBServer'] }],
  images: [
    {
      of: '**/oceanbase-cloud-native',
      container: 'observer',
      at: { field: '/spec/observer/image', kind: 'OBCluster', group },
    },
    {
      of: '**/obagent',
      container: 'obagent',
      at: { field: '/spec/monitor/image', kind: 'OBCluster', group },
    },
  ],
  reverts: 'on-change',
};
