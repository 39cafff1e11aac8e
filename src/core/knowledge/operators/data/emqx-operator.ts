import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'apps.emqx.io';

export const emqxOperator: Operator = {
  name: 'emqx-operator',
  title: 'EMQX Operator',
  versions: '>=2.2.0 <=2.2.29',
  sources: github('emqx/emqx-operator@2.2.29', 'config/crd/bases/apps.emqx.io_emqxes.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['emqx-operator-controller-manager'], namespaces: ['emqx-operator-system'] },
  ],
  owns: [{ group, kinds: ['EMQX'] }],
  images: [{ of: '**', container: 'emqx', at: { field: '/spec/image', kind: 'EMQX', group } }],
  reverts: 'always',
};
