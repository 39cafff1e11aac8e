import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const certManager: Operator = {
  name: 'cert-manager',
  title: 'cert-manager',
  versions: '>=1.0.0 <=1.21.1',
  sources: github(
    'cert-manager/cert-manager@v1.21.1',
    'cmd/controller/app/options/options.go',
    'internal/apis/config/controller/v1alpha1/defaults.go',
    'deploy/charts/cert-manager/templates/deployment.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['cert-manager'] }],
  owns: [
    { group: 'cert-manager.io', kinds: ['Certificate', 'CertificateRequest', 'Issuer', 'ClusterIssuer'] },
    { group: 'acme.cert-manager.io', kinds: ['Challenge', 'Order'] },
  ],
  images: [
    {
      of: 'quay.io/jetstack/cert-manager-acmesolver',
      container: 'acmesolver',
      at: { flag: '--acme-http01-solver-image' },
    },
  ],
  reverts: 'never',
};
