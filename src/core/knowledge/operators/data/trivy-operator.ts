import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const trivyOperator: Operator = {
  name: 'trivy-operator',
  title: 'Trivy Operator',
  versions: '>=0.12.0 <=0.32.0',
  sources: github(
    'aquasecurity/trivy-operator@v0.32.0',
    'deploy/static/trivy-operator.yaml',
    'deploy/helm/templates/configmaps/trivy.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['trivy-operator'], namespaces: ['trivy-system'] }],
  owns: [{ group: 'aquasecurity.github.io', kinds: ['VulnerabilityReport'] }],
  images: [
    {
      of: 'mirror.gcr.io/aquasec/trivy',
      at: { configMap: 'trivy-operator-trivy-config', key: 'trivy.repository', part: 'repository' },
    },
    {
      of: 'ghcr.io/aquasecurity/trivy',
      at: { configMap: 'trivy-operator-trivy-config', key: 'trivy.repository', part: 'repository' },
    },
  ],
  reverts: 'never',
};
