import type { Operator } from '../schema.ts';

export const certManager: Operator = {
  name: 'cert-manager',
  title: 'cert-manager',
  versions: '>=1.0.0 <=1.21.1',
  sources: [
    'https://github.com/cert-manager/cert-manager/blob/v1.21.1/cmd/controller/app/options/options.go',
    'https://github.com/cert-manager/cert-manager/blob/v1.21.1/internal/apis/config/controller/v1alpha1/defaults.go',
    'https://github.com/cert-manager/cert-manager/blob/v1.21.1/deploy/charts/cert-manager/templates/deployment.yaml',
  ],
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
