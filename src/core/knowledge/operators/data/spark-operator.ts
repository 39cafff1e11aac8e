import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'sparkoperator.k8s.io';

export const sparkOperator: Operator = {
  name: 'spark-operator',
  title: 'Spark Operator (Kubeflow)',
  versions: '>=2.0.0 <=2.5.2',
  sources: github(
    'kubeflow/spark-operator@v2.5.2',
    'config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml',
    'config/crd/bases/sparkoperator.k8s.io_scheduledsparkapplications.yaml',
    'examples/spark-pi.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['spark-operator-controller', '*-spark-operator-controller'],
      namespaces: ['spark-operator'],
    },
  ],
  owns: [{ group, kinds: ['SparkApplication', 'ScheduledSparkApplication'] }],
  images: [
    { of: '**', at: { field: '/spec/driver/image', kind: 'SparkApplication', group } },
    { of: '**', at: { field: '/spec/executor/image', kind: 'SparkApplication', group } },
    { of: '**', at: { field: '/spec/image', kind: 'SparkApplication', group } },
    { of: '**', at: { field: '/spec/template/driver/image', kind: 'ScheduledSparkApplication', group } },
    { of: '**', at: { field: '/spec/template/executor/image', kind: 'ScheduledSparkApplication', group } },
    { of: '**', at: { field: '/spec/template/image', kind: 'ScheduledSparkApplication', group } },
  ],
  reverts: 'never',
};
