import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'trident.netapp.io';

export const tridentOperator: Operator = {
  name: 'trident-operator',
  title: 'Trident Operator (NetApp)',
  versions: '>=23.01.0 <=26.06.0',
  sources: github(
    'NetApp/trident@v26.06.0',
    'operator/crd/apis/netapp/v1/types.go',
    'deploy/crds/tridentorchestrator_cr_customimage.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['trident-operator'], namespaces: ['trident'] }],
  owns: [{ group, kinds: ['TridentOrchestrator'] }],
  images: [
    {
      of: 'docker.io/netapp/trident',
      at: { field: '/spec/tridentImage', kind: 'TridentOrchestrator', group },
    },
    {
      of: 'docker.io/netapp/trident-autosupport',
      at: { field: '/spec/autosupportImage', kind: 'TridentOrchestrator', group },
    },
  ],
  reverts: 'always',
};
