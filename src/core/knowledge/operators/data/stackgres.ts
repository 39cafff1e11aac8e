import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'stackgres.io';

export const stackgres: Operator = {
  name: 'stackgres',
  title: 'StackGres',
  versions: '>=1.6.0 <=1.18.6',
  sources: github(
    'ongres/stackgres@1.18.6',
    'stackgres-k8s/src/common/src/main/resources/crds/SGConfig.yaml',
    'stackgres-k8s/src/common/src/main/java/io/stackgres/common/component/Components.java',
  ),
  controllers: [{ kind: 'Deployment', names: ['stackgres-operator'], namespaces: ['stackgres'] }],
  owns: [{ group, kinds: ['SGCluster', 'SGConfig', 'SGShardedCluster'] }],
  images: [
    {
      of: 'quay.io/ongres/*',
      at: { field: '/spec/containerRegistry', kind: 'SGConfig', group, part: 'registry' },
    },
  ],
  reverts: 'always',
};
