import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'kubeflow.org';

export const kubeflowNotebookController: Operator = {
  name: 'kubeflow-notebook-controller',
  title: 'Kubeflow Notebook Controller',
  versions: '>=1.6.0 <=1.10.0',
  sources: github(
    'kubeflow/kubeflow@v1.10.0',
    'components/notebook-controller/config/crd/bases/kubeflow.org_notebooks.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['notebook-controller-deployment'], namespaces: ['kubeflow'] }],
  owns: [{ group, kinds: ['Notebook'] }],
  images: [{ of: '**', at: { field: '/spec/template/spec/containers/*/image', kind: 'Notebook', group } }],
  reverts: 'always',
};
