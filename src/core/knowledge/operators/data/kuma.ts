import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const kuma: Operator = {
  name: 'kuma',
  title: 'Kuma',
  versions: '>=2.13.0 <=2.14.3',
  sources: github(
    'kumahq/kuma@v2.14.3',
    'deployments/charts/kuma/templates/_helpers.tpl',
    'deployments/charts/kuma/values.yaml',
    'pkg/config/plugins/runtime/k8s/config.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['kuma-control-plane'], namespaces: ['kuma-system'] }],
  owns: [],
  images: [
    {
      of: 'docker.io/kumahq/kuma-dp',
      container: 'kuma-sidecar',
      at: { env: 'KUMA_RUNTIME_KUBERNETES_INJECTOR_SIDECAR_CONTAINER_IMAGE' },
    },
    {
      of: 'docker.io/kumahq/kuma-init',
      container: 'kuma-init',
      at: { env: 'KUMA_INJECTOR_INIT_CONTAINER_IMAGE' },
    },
  ],
  reverts: 'never',
};
