import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'actions.github.com';

export const ghaRunnerScaleSetController: Operator = {
  name: 'gha-runner-scale-set-controller',
  title: 'GitHub Actions runner scale sets',
  versions: '>=0.9.0 <=0.14.2',
  sources: github(
    'actions/actions-runner-controller@gha-runner-scale-set-0.14.2',
    'charts/gha-runner-scale-set-controller/templates/deployment.yaml',
    'main.go',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['arc-gha-rs-controller', '*-gha-rs-controller'],
      namespaces: ['arc-systems'],
    },
  ],
  owns: [
    {
      group,
      kinds: ['AutoscalingRunnerSet', 'AutoscalingListener', 'EphemeralRunnerSet', 'EphemeralRunner'],
    },
  ],
  images: [
    {
      of: '**',
      at: { field: '/spec/template/spec/containers/*/image', kind: 'AutoscalingRunnerSet', group },
    },
    {
      of: '**',
      at: { field: '/spec/template/spec/initContainers/*/image', kind: 'AutoscalingRunnerSet', group },
    },
    {
      of: 'ghcr.io/actions/gha-runner-scale-set-controller',
      container: 'listener',
      at: { env: 'CONTROLLER_MANAGER_CONTAINER_IMAGE' },
    },
  ],
  reverts: 'always',
};
