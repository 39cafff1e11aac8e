import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'actions.summerwind.dev';

export const actionsRunnerController: Operator = {
  name: 'actions-runner-controller',
  title: 'Actions Runner Controller (summerwind)',
  versions: '>=0.24.0 <=0.27.6',
  sources: github(
    'actions/actions-runner-controller@v0.27.6',
    'main.go',
    'charts/actions-runner-controller/values.yaml',
    'charts/actions-runner-controller/crds/actions.summerwind.dev_runnerdeployments.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['actions-runner-controller', '*-actions-runner-controller'],
      namespaces: ['actions-runner-system'],
    },
  ],
  owns: [{ group, kinds: ['Runner', 'RunnerReplicaSet', 'RunnerDeployment', 'RunnerSet'] }],
  images: [
    {
      of: 'docker.io/summerwind/actions-runner',
      container: 'runner',
      at: { field: '/spec/template/spec/image', kind: 'RunnerDeployment', group },
    },
    {
      of: 'docker.io/summerwind/actions-runner',
      container: 'runner',
      at: { field: '/spec/image', kind: 'RunnerSet', group },
    },
    { of: 'docker.io/summerwind/actions-runner', container: 'runner', at: { flag: '--runner-image' } },
    { of: 'docker.io/library/docker', container: 'docker', at: { flag: '--docker-image' } },
  ],
  reverts: 'always',
};
