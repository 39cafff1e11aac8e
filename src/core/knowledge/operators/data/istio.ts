import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const istio: Operator = {
  name: 'istio',
  title: 'Istio',
  versions: '>=1.15.0 <=1.30.3',
  sources: github(
    'istio/istio@1.30.3',
    'manifests/charts/istio-control/istio-discovery/templates/istiod-injector-configmap.yaml',
    'manifests/charts/istio-control/istio-discovery/files/injection-template.yaml',
    'operator/pkg/apis/types.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['istiod*'] }],
  owns: [],
  images: [
    {
      of: 'docker.io/istio/proxyv2',
      at: { configMap: 'istio-sidecar-injector*', key: 'values', path: '/global/hub', part: 'prefix' },
    },
    {
      of: 'registry.istio.io/release/proxyv2',
      at: { configMap: 'istio-sidecar-injector*', key: 'values', path: '/global/hub', part: 'prefix' },
    },
  ],
  reverts: 'never',
};
