import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const tektonTriggers: Operator = {
  name: 'tekton-triggers',
  title: 'Tekton Triggers',
  versions: '>=0.26.2 <=0.37.0',
  sources: github('tektoncd/triggers@v0.37.0', 'cmd/controller/main.go', 'config/controller.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['tekton-triggers-controller'], namespaces: ['tekton-pipelines'] },
  ],
  owns: [{ group: 'triggers.tekton.dev', kinds: ['EventListener'] }],
  images: [{ of: '**/cmd/eventlistenersink*', container: 'event-listener', at: { flag: '-el-image' } }],
  reverts: 'always',
};
