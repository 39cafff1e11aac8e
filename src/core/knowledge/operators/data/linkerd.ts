import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const linkerd: Operator = {
  name: 'linkerd',
  title: 'Linkerd',
  versions: '>=2.12.0 <=2.20',
  sources: github(
    'linkerd/linkerd2@version-2.20',
    'charts/linkerd-control-plane/templates/config.yaml',
    'charts/linkerd-control-plane/values.yaml',
    'pkg/k8s/labels.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['linkerd-proxy-injector'] }],
  owns: [],
  images: [
    {
      of: 'cr.l5d.io/linkerd/proxy',
      container: 'linkerd-proxy',
      at: { configMap: 'linkerd-config', key: 'values', path: '/proxy/image/name', part: 'repository' },
    },
    {
      of: 'cr.l5d.io/linkerd/debug',
      container: 'linkerd-debug',
      at: {
        configMap: 'linkerd-config',
        key: 'values',
        path: '/debugContainer/image/name',
        part: 'repository',
      },
    },
  ],
  reverts: 'never',
};
