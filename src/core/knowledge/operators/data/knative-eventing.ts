import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const knativeEventing: Operator = {
  name: 'knative-eventing',
  title: 'Knative Eventing',
  versions: '>=1.8.0 <=1.19.0',
  sources: [
    ...github('knative/eventing@knative-v1.19.0', 'config/core/deployments/controller.yaml'),
    ...github(
      'knative/operator@knative-v1.22.3',
      'cmd/operator/kodata/knative-eventing/1.22.2/2-eventing-core.yaml',
    ),
  ],
  controllers: [{ kind: 'Deployment', names: ['eventing-controller'], namespaces: ['knative-eventing'] }],
  owns: [{ group: 'sources.knative.dev', kinds: ['ApiServerSource'] }],
  images: [
    {
      of: 'gcr.io/knative-releases/knative.dev/eventing/cmd/apiserver_receive_adapter',
      container: 'receive-adapter',
      at: { env: 'APISERVER_RA_IMAGE' },
    },
  ],
  reverts: 'always',
};
