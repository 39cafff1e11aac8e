import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'kiali.io';

export const kialiOperator: Operator = {
  name: 'kiali-operator',
  title: 'Kiali Operator',
  versions: '>=1.60.0 <=2.29.0',
  sources: github(
    'kiali/kiali-operator@v2.29.0',
    'roles/default/kiali-deploy/defaults/main.yml',
    'roles/default/kiali-deploy/tasks/main.yml',
    'manifests/kiali-ossm/manifests/kiali.crd.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['kiali-operator'], namespaces: ['kiali-operator'] }],
  owns: [{ group, kinds: ['Kiali', 'OSSMConsole'] }],
  images: [
    {
      of: 'quay.io/kiali/kiali',
      container: 'kiali',
      at: { field: '/spec/deployment/image_name', kind: 'Kiali', group, part: 'repository' },
    },
    {
      of: 'quay.io/kiali/kiali',
      container: 'kiali',
      at: { field: '/spec/deployment/image_version', kind: 'Kiali', group, part: 'tag' },
    },
  ],
  reverts: 'always',
};
