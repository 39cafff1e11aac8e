import type { Operator } from '../schema.ts';

export const consulConnectInjector: Operator = {
  name: 'consul-connect-injector',
  title: 'Consul sidecar injector',
  versions: '>=1.8.12 <=2.0.3',
  sources: [
    'https://github.com/hashicorp/consul-k8s/blob/v2.0.3/control-plane/subcommand/inject-connect/command.go',
    'https://github.com/hashicorp/consul-k8s/blob/v2.0.3/charts/consul/values.yaml',
  ],
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
