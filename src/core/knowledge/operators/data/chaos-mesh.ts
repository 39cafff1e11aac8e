import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const chaosMesh: Operator = {
  name: 'chaos-mesh',
  title: 'Chaos Mesh',
  versions: '>=2.0.0 <=2.8.3',
  sources: github(
    'chaos-mesh/chaos-mesh@v2.8.3',
    'pkg/config/controller.go',
    'helm/chaos-mesh/templates/controller-manager-deployment.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['chaos-controller-manager'], namespaces: ['chaos-mesh', 'chaos-testing'] },
  ],
  owns: [{ group: 'chaos-mesh.org', kinds: ['PodChaos'] }],
  images: [{ of: 'gcr.io/google-containers/pause', at: { env: 'POD_FAILURE_PAUSE_IMAGE' } }],
  reverts: 'never',
};
