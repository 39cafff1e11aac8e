import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'datadoghq.com';

export const datadogOperator: Operator = {
  name: 'datadog-operator',
  title: 'Datadog Operator',
  versions: '>=1.3.0 <=1.29.0',
  sources: github(
    'DataDog/datadog-operator@v1.29.0',
    'pkg/images/images.go',
    'internal/controller/datadogagent/defaults/datadogagent_default.go',
    'api/datadoghq/v2alpha1/datadogagent_types.go',
  ),
  controllers: [
    { kind: 'Deployment', names: ['datadog-operator', 'datadog-operator-manager', '*-datadog-operator'] },
  ],
  owns: [{ group, kinds: ['DatadogAgent'] }],
  images: [
    {
      of: 'registry.datadoghq.com/*',
      at: { field: '/spec/global/registry', kind: 'DatadogAgent', group, part: 'prefix' },
    },
    {
      of: 'gcr.io/datadoghq/*',
      at: { field: '/spec/global/registry', kind: 'DatadogAgent', group, part: 'prefix' },
    },
  ],
  reverts: 'always',
};
