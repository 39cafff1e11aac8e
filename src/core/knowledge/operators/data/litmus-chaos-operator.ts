import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'litmuschaos.io';

export const litmusChaosOperator: Operator = {
  name: 'litmus-chaos-operator',
  title: 'Litmus Chaos Operator',
  versions: '>=2.0.0 <=3.18.0',
  sources: github(
    'litmuschaos/chaos-operator@3.18.0',
    'controllers/chaosengine_controller.go',
    'deploy/operator.yaml',
    'deploy/chaos_crds.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['chaos-operator', 'chaos-operator-ce'], namespaces: ['litmus'] },
  ],
  owns: [{ group, kinds: ['ChaosEngine', 'ChaosExperiment'] }],
  images: [
    { of: '**/chaos-runner', at: { field: '/spec/components/runner/image', kind: 'ChaosEngine', group } },
    { of: '**/chaos-runner', at: { env: 'CHAOS_RUNNER_IMAGE' } },
    { of: '**', at: { field: '/spec/definition/image', kind: 'ChaosExperiment', group } },
  ],
  reverts: 'never',
};
