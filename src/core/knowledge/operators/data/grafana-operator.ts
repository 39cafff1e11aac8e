import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'grafana.integreatly.org';

export const grafanaOperator: Operator = {
  name: 'grafana-operator',
  title: 'Grafana Operator',
  versions: '>=5.16.0 <=5.24.0',
  sources: github(
    'grafana/grafana-operator@v5.24.0',
    'controllers/reconcilers/grafana/deployment_reconciler.go',
    'controllers/config/operator_constants.go',
    'config/crd/bases/grafana.integreatly.org_grafanas.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['grafana-operator-controller-manager*', 'grafana-operator'] }],
  owns: [{ group, kinds: ['Grafana'] }],
  images: [
    {
      of: 'docker.io/grafana/grafana',
      container: 'grafana',
      at: { field: '/spec/version', kind: 'Grafana', group },
    },
    {
      of: 'docker.io/grafana/grafana',
      container: 'grafana',
      at: { field: '/spec/deployment/spec/template/spec/containers/*/image', kind: 'Grafana', group },
    },
  ],
  reverts: 'always',
};
