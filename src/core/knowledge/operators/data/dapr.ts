import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const dapr: Operator = {
  name: 'dapr',
  title: 'Dapr sidecar injector',
  versions: '>=1.8.0 <=1.18.3',
  sources: github(
    'dapr/dapr@v1.18.3',
    'pkg/injector/service/config.go',
    'charts/dapr/charts/dapr_sidecar_injector/templates/dapr_sidecar_injector_deployment.yaml',
    'charts/dapr/values.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['dapr-sidecar-injector'], namespaces: ['dapr-system'] }],
  owns: [],
  images: [
    { of: 'ghcr.io/dapr/daprd', container: 'daprd', at: { env: 'SIDECAR_IMAGE' } },
    { of: 'docker.io/daprio/daprd', container: 'daprd', at: { env: 'SIDECAR_IMAGE' } },
  ],
  reverts: 'never',
};
