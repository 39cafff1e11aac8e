import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'monitoring.thanos.io';

export const thanosOperator: Operator = {
  name: 'thanos-operator',
  title: 'Thanos Operator',
  versions: '2026-07',
  sources: github('thanos-community/thanos-operator@HEAD', 'internal/pkg/manifests/options.go'),
  controllers: [{ kind: 'Deployment', names: ['thanos-operator-controller-manager'] }],
  owns: [{ group, kinds: ['ThanosQuery', 'ThanosReceive', 'ThanosStore', 'ThanosCompact', 'ThanosRuler'] }],
  images: [
    {
      of: 'quay.io/thanos/thanos',
      at: { field: '/spec/baseImage', kind: 'ThanosQuery', group, part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      at: { field: '/spec/baseImage', kind: 'ThanosStore', group, part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      at: { field: '/spec/baseImage', kind: 'ThanosCompact', group, part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      at: { field: '/spec/baseImage', kind: 'ThanosRuler', group, part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      at: { field: '/spec/routerSpec/baseImage', kind: 'ThanosReceive', group, part: 'repository' },
    },
    {
      of: 'quay.io/thanos/thanos',
      at: {
        field: '/spec/ingesterSpec/hashrings/*/baseImage',
        kind: 'ThanosReceive',
        group,
        part: 'repository',
      },
    },
  ],
  reverts: 'always',
};
