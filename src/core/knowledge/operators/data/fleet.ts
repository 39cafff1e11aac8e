import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const fleet: Operator = {
  name: 'fleet',
  title: 'Fleet (Rancher)',
  versions: '>=0.6.0 <=0.16.1',
  sources: github(
    'rancher/fleet@v0.16.1',
    'charts/fleet/templates/configmap.yaml',
    'charts/fleet/values.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['fleet-controller'], namespaces: ['cattle-fleet-system'] }],
  owns: [{ group: 'fleet.cattle.io', kinds: ['Cluster', 'Bundle', 'BundleDeployment'] }],
  images: [
    {
      of: 'docker.io/rancher/fleet-agent',
      at: { configMap: 'fleet-controller', key: 'config', path: '/agentImage' },
    },
    {
      of: 'docker.io/rancher/*',
      at: { configMap: 'fleet-controller', key: 'config', path: '/systemDefaultRegistry', part: 'registry' },
    },
  ],
  reverts: 'always',
};
