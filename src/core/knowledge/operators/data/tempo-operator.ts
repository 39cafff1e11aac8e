import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const tempoOperator: Operator = {
  name: 'tempo-operator',
  title: 'Tempo Operator',
  versions: '>=0.9.0 <=0.22.0',
  sources: github(
    'grafana/tempo-operator@v0.22.0',
    'api/config/v1alpha1/projectconfig_types.go',
    'config/manager/manager.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['tempo-operator-controller'] }],
  owns: [{ group: 'tempo.grafana.com', kinds: ['TempoStack', 'TempoMonolithic'] }],
  images: [
    { of: 'docker.io/grafana/tempo', container: 'tempo', at: { env: 'RELATED_IMAGE_TEMPO' } },
    {
      of: 'docker.io/grafana/tempo-query',
      container: 'tempo-query',
      at: { env: 'RELATED_IMAGE_TEMPO_QUERY' },
    },
    { of: 'docker.io/jaegertracing/jaeger-query', at: { env: 'RELATED_IMAGE_JAEGER_QUERY' } },
    { of: 'quay.io/observatorium/api', at: { env: 'RELATED_IMAGE_TEMPO_GATEWAY' } },
    { of: 'quay.io/observatorium/opa-openshift', at: { env: 'RELATED_IMAGE_TEMPO_GATEWAY_OPA' } },
  ],
  reverts: 'always',
};
