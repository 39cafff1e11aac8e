import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'flink.apache.org';

export const flinkOperator: Operator = {
  name: 'flink-operator',
  title: 'Flink Kubernetes Operator',
  versions: '>=1.5.0 <=1.15.0',
  sources: github(
    'apache/flink-kubernetes-operator@release-1.15.0',
    'helm/flink-kubernetes-operator/crds/flinkdeployments.flink.apache.org-v1.yml',
    'docs/content/docs/custom-resource/overview.md',
  ),
  controllers: [{ kind: 'Deployment', names: ['flink-kubernetes-operator'] }],
  owns: [{ group, kinds: ['FlinkDeployment', 'FlinkSessionJob'] }],
  images: [
    {
      of: '**',
      container: 'flink-main-container',
      at: { field: '/spec/image', kind: 'FlinkDeployment', group },
    },
  ],
  reverts: 'on-change',
};
