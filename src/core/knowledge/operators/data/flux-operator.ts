import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'fluxcd.controlplane.io';

export const fluxOperator: Operator = {
  name: 'flux-operator',
  title: 'Flux Operator',
  versions: '>=0.42.1 <=0.58.1',
  sources: github(
    'controlplaneio-fluxcd/flux-operator@v0.58.1',
    'api/v1/fluxinstance_types.go',
    'config/crd/bases/fluxcd.controlplane.io_fluxinstances.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['flux-operator'], namespaces: ['flux-system'] }],
  owns: [{ group, kinds: ['FluxInstance'] }],
  images: [
    {
      of: 'ghcr.io/fluxcd/*',
      at: { field: '/spec/distribution/registry', kind: 'FluxInstance', group, part: 'prefix' },
    },
  ],
  reverts: 'always',
};
