import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'openfaas.com';

export const openfaasOperator: Operator = {
  name: 'openfaas-operator',
  title: 'OpenFaaS',
  versions: '0.18.17',
  sources: github('openfaas/faas-netes@0.18.17', 'artifacts/crds/crds.yaml'),
  controllers: [{ kind: 'Deployment', names: ['gateway'], namespaces: ['openfaas'], only: true }],
  owns: [{ group, kinds: ['Function'] }],
  images: [{ of: '**', at: { field: '/spec/image', kind: 'Function', group } }],
  reverts: 'on-change',
};
