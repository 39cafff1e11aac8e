import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.knative.dev';

export const knativeOperator: Operator = {
  name: 'knative-operator',
  title: 'Knative Operator',
  versions: '>=1.8.0 <=1.23.0',
  sources: github(
    'knative/operator@knative-v1.23.0',
    'pkg/apis/operator/base/common.go',
    'config/crd/bases/operator.knative.dev_knativeservings.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['knative-operator'] }],
  owns: [{ group, kinds: ['KnativeServing', 'KnativeEventing'] }],
  images: [
    {
      of: 'gcr.io/knative-releases/knative.dev/*/cmd/*',
      at: { field: '/spec/registry/override/*', kind: 'KnativeServing', group },
    },
    {
      of: 'gcr.io/knative-releases/knative.dev/*/cmd/*',
      at: { field: '/spec/registry/override/*', kind: 'KnativeEventing', group },
    },
  ],
  reverts: 'always',
};
