import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'dynatrace.com';

export const dynatraceOperator: Operator = {
  name: 'dynatrace-operator',
  title: 'Dynatrace Operator',
  versions: '>=1.3.0 <=1.10.2',
  sources: github('Dynatrace/dynatrace-operator@v1.10.2', 'config/crd/bases/dynatrace.com_dynakubes.yaml'),
  controllers: [{ kind: 'Deployment', names: ['dynatrace-operator'], namespaces: ['dynatrace'] }],
  owns: [{ group, kinds: ['DynaKube', 'EdgeConnect'] }],
  images: [
    { of: '**', container: 'activegate', at: { field: '/spec/activeGate/image', kind: 'DynaKube', group } },
    { of: '**', at: { field: '/spec/oneAgent/cloudNativeFullStack/image', kind: 'DynaKube', group } },
    { of: '**', at: { field: '/spec/oneAgent/classicFullStack/image', kind: 'DynaKube', group } },
    { of: '**', at: { field: '/spec/oneAgent/hostMonitoring/image', kind: 'DynaKube', group } },
    {
      of: '**',
      at: { field: '/spec/oneAgent/cloudNativeFullStack/codeModulesImage', kind: 'DynaKube', group },
    },
  ],
  reverts: 'always',
};
