import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'milvus.io';

export const milvusOperator: Operator = {
  name: 'milvus-operator',
  title: 'Milvus Operator',
  versions: '>=0.9.0 <=1.3.8',
  sources: github(
    'zilliztech/milvus-operator@v1.3.8',
    'pkg/config/config.go',
    'main.go',
    'charts/milvus-operator/templates/crds.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['milvus-operator'], namespaces: ['milvus-operator'] }],
  owns: [{ group, kinds: ['Milvus', 'MilvusCluster'] }],
  images: [
    { of: 'docker.io/milvusdb/milvus', at: { field: '/spec/components/image', kind: 'Milvus', group } },
    {
      of: 'docker.io/milvusdb/milvus',
      at: { field: '/spec/components/image', kind: 'MilvusCluster', group },
    },
    {
      of: 'docker.io/milvusdb/milvus-operator',
      container: 'config',
      at: { field: '/spec/components/toolImage', kind: 'Milvus', group },
    },
    { of: 'docker.io/milvusdb/milvus-operator', container: 'config', at: { flag: '--tool-image' } },
  ],
  reverts: 'always',
};
