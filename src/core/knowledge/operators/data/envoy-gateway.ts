import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'gateway.envoyproxy.io';

export const envoyGateway: Operator = {
  name: 'envoy-gateway',
  title: 'Envoy Gateway',
  versions: '>=1.0.0 <=1.9.0',
  sources: github(
    'envoyproxy/gateway@v1.9.0',
    'api/v1alpha1/shared_types.go',
    'charts/gateway-crds-helm/templates/generated/gateway.envoyproxy.io_envoyproxies.yaml',
    'charts/gateway-helm/templates/envoy-gateway-config.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['envoy-gateway'], namespaces: ['envoy-gateway-system'] }],
  owns: [{ group, kinds: ['EnvoyProxy'] }],
  images: [
    {
      of: 'docker.io/envoyproxy/envoy',
      container: 'envoy',
      at: { field: '/spec/provider/kubernetes/envoyDeployment/container/image', kind: 'EnvoyProxy', group },
    },
    {
      of: 'docker.io/envoyproxy/ratelimit',
      at: {
        configMap: 'envoy-gateway-config',
        key: 'envoy-gateway.yaml',
        path: '/provider/kubernetes/rateLimitDeployment/container/image',
      },
      restarts: true,
    },
    {
      of: 'docker.io/envoyproxy/gateway',
      container: 'shutdown-manager',
      at: {
        configMap: 'envoy-gateway-config',
        key: 'envoy-gateway.yaml',
        path: '/provider/kubernetes/shutdownManager/image',
      },
      restarts: true,
    },
  ],
  reverts: 'always',
};
