import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const lokiOperator: Operator = {
  name: 'loki-operator',
  title: 'Loki Operator',
  versions: '>=0.5 <=0.9',
  sources: github(
    'grafana/loki@operator/v0.9.0',
    'operator/internal/manifests/var.go',
    'operator/config/overlays/community-openshift/manager_related_image_patch.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['loki-operator-controller-manager'] }],
  owns: [{ group: 'loki.grafana.com', kinds: ['LokiStack'] }],
  images: [
    { of: 'docker.io/grafana/loki', at: { env: 'RELATED_IMAGE_LOKI' } },
    { of: 'quay.io/observatorium/api', at: { env: 'RELATED_IMAGE_GATEWAY' } },
    { of: 'quay.io/observatorium/opa-openshift', at: { env: 'RELATED_IMAGE_OPA' } },
  ],
  reverts: 'always',
};
