import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'batch.volcano.sh';

export const volcano: Operator = {
  name: 'volcano',
  title: 'Volcano',
  versions: '>=1.6.0 <=1.15.1',
  sources: github('volcano-sh/volcano@v1.15.1', 'config/crd/volcano/bases/batch.volcano.sh_jobs.yaml'),
  controllers: [{ kind: 'Deployment', names: ['volcano-controllers'], namespaces: ['volcano-system'] }],
  owns: [{ group, kinds: ['Job', 'CronJob'] }],
  images: [
    { of: '**', at: { field: '/spec/tasks/*/template/spec/containers/*/image', kind: 'Job', group } },
    {
      of: '**',
      at: {
        field: '/spec/jobTemplate/spec/tasks/*/template/spec/containers/*/image',
        kind: 'CronJob',
        group,
      },
    },
  ],
  reverts: 'on-change',
};
