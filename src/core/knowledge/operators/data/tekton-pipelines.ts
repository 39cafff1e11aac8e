import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const tektonPipelines: Operator = {
  name: 'tekton-pipelines',
  title: 'Tekton Pipelines',
  versions: '>=0.47.0 <=1.15.0',
  sources: github(
    'tektoncd/pipeline@v1.15.0',
    'cmd/controller/main.go',
    'config/controller.yaml',
    'pkg/pod/pod.go',
  ),
  controllers: [
    { kind: 'Deployment', names: ['tekton-pipelines-controller'], namespaces: ['tekton-pipelines'] },
  ],
  owns: [{ group: 'tekton.dev', kinds: ['TaskRun', 'PipelineRun'] }],
  images: [
    { of: '**/cmd/entrypoint*', container: 'prepare', at: { flag: '-entrypoint-image' } },
    { of: '**/cmd/nop*', at: { flag: '-nop-image' } },
    { of: '**/cmd/sidecarlogresults*', at: { flag: '-sidecarlogresults-image' } },
    { of: '**/cmd/workingdirinit*', at: { flag: '-workingdirinit-image' } },
    { of: 'cgr.dev/chainguard/busybox', container: 'place-scripts', at: { flag: '-shell-image' } },
  ],
  reverts: 'never',
};
