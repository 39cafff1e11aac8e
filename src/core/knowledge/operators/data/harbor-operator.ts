import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'goharbor.io';

export const harborOperator: Operator = {
  name: 'harbor-operator',
  title: 'Harbor Operator',
  versions: '>=1.0.1 <=1.3.0',
  sources: github(
    'goharbor/harbor-operator@v1.3.0',
    'charts/harbor-operator/templates/crds.yaml',
    'pkg/image/image_test.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['harbor-operator'], namespaces: ['harbor-operator-ns'] }],
  owns: [{ group, kinds: ['Harbor', 'HarborCluster'] }],
  images: [
    { of: 'docker.io/goharbor/harbor-core', at: { field: '/spec/core/image', kind: 'HarborCluster', group } },
    {
      of: 'docker.io/goharbor/harbor-jobservice',
      at: { field: '/spec/jobservice/image', kind: 'HarborCluster', group },
    },
    {
      of: 'docker.io/goharbor/harbor-portal',
      at: { field: '/spec/portal/image', kind: 'HarborCluster', group },
    },
    {
      of: 'docker.io/goharbor/harbor-exporter',
      at: { field: '/spec/exporter/image', kind: 'HarborCluster', group },
    },
    {
      of: 'docker.io/goharbor/registry-photon',
      at: { field: '/spec/registry/image', kind: 'HarborCluster', group },
    },
    { of: 'docker.io/goharbor/harbor-core', at: { field: '/spec/core/image', kind: 'Harbor', group } },
    {
      of: 'docker.io/goharbor/harbor-jobservice',
      at: { field: '/spec/jobservice/image', kind: 'Harbor', group },
    },
    { of: 'docker.io/goharbor/harbor-portal', at: { field: '/spec/portal/image', kind: 'Harbor', group } },
    {
      of: 'docker.io/goharbor/harbor-exporter',
      at: { field: '/spec/exporter/image', kind: 'Harbor', group },
    },
    {
      of: 'docker.io/goharbor/registry-photon',
      at: { field: '/spec/registry/image', kind: 'Harbor', group },
    },
    {
      of: 'docker.io/goharbor/*',
      at: { field: '/spec/imageSource/repository', kind: 'HarborCluster', group, part: 'prefix' },
    },
    {
      of: 'docker.io/goharbor/*',
      at: { field: '/spec/imageSource/repository', kind: 'Harbor', group, part: 'prefix' },
    },
  ],
  reverts: 'always',
};
