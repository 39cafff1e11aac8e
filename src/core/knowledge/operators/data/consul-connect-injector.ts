import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const consulConnectInjector: Operator = {
  name: 'consul-connect-injector',
  title: 'Consul sidecar injector',
  versions: '>=1.8.12 <=2.0.3',
  sources: github(
    'hashicorp/consul-k8s@v2.0.3',
    'control-plane/subcommand/inject-connect/command.go',
    'charts/consul/values.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['consul-connect-injector', '*-connect-injector'], namespaces: ['consul'] },
  ],
  owns: [],
  images: [
    {
      of: 'docker.io/hashicorp/consul-dataplane',
      container: 'consul-dataplane',
      at: { flag: '-consul-dataplane-image' },
    },
    { of: 'docker.io/hashicorp/consul', at: { flag: '-consul-image' } },
  ],
  reverts: 'never',
};
