import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const knativeServing: Operator = {
  name: 'knative-serving',
  title: 'Knative Serving',
  versions: '>=1.8.0 <=1.23.0',
  sources: [
    ...github(
      'knative/serving@knative-v1.23.0',
      'pkg/deployment/config.go',
      'config/core/configmaps/deployment.yaml',
    ),
    ...github(
      'knative/operator@knative-v1.22.3',
      'cmd/operator/kodata/knative-serving/1.19.1/2-serving-core.yaml',
    ),
  ],
  controllers: [{ kind: 'Deployment', names: ['controller'], namespaces: ['knative-serving'], only: true }],
  owns: [{ group: 'serving.knative.dev', kinds: ['Service', 'Configuration', 'Revision'] }],
  images: [
    {
      of: 'gcr.io/knative-releases/knative.dev/serving/cmd/queue',
      container: 'queue-proxy',
      at: { configMap: 'config-deployment', key: 'queue-sidecar-image' },
    },
  ],
  reverts: 'always',
};
