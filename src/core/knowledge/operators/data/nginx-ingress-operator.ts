import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'charts.nginx.org';

export const nginxIngressOperator: Operator = {
  name: 'nginx-ingress-operator',
  title: 'NGINX Ingress Operator (F5)',
  versions: '>=2.0.0 <=3.1.0',
  sources: github(
    'nginxinc/nginx-ingress-helm-operator@v3.1.0',
    'config/crd/bases/charts.nginx.org_nginxingresses.yaml',
    'helm-charts/nginx-ingress/values.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['nginx-ingress-operator-controller-manager'] }],
  owns: [{ group, kinds: ['NginxIngress'] }],
  images: [
    {
      of: 'docker.io/nginx/nginx-ingress',
      at: { field: '/spec/controller/image/repository', kind: 'NginxIngress', group, part: 'repository' },
    },
  ],
  reverts: 'always',
};
