import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const argoWorkflows: Operator = {
  name: 'argo-workflows',
  title: 'Argo Workflows',
  versions: '>=3.0.0 <=4.1.2',
  sources: github(
    'argoproj/argo-workflows@v4.1.2',
    'cmd/workflow-controller/main.go',
    'workflow/controller/config.go',
    'config/config.go',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['workflow-controller', '*-workflow-controller'],
      namespaces: ['argo', 'kubeflow'],
    },
  ],
  owns: [{ group: 'argoproj.io', kinds: ['Workflow', 'CronWorkflow'] }],
  images: [
    { of: 'quay.io/argoproj/argoexec', at: { flag: '--executor-image' } },
    {
      of: 'quay.io/argoproj/argoexec',
      at: { configMap: 'workflow-controller-configmap', key: 'executor', path: '/image' },
    },
  ],
  reverts: 'never',
};
