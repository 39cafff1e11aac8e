import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'solr.apache.org';

export const solrOperator: Operator = {
  name: 'solr-operator',
  title: 'Solr Operator',
  versions: '>=0.5.0 <=0.9.1',
  sources: github(
    'apache/solr-operator@v0.9.1',
    'api/v1beta1/solrcloud_types.go',
    'config/crd/bases/solr.apache.org_solrclouds.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['solr-operator'] }],
  owns: [{ group, kinds: ['SolrCloud', 'SolrPrometheusExporter'] }],
  images: [
    {
      of: 'docker.io/library/solr',
      at: { field: '/spec/solrImage/repository', kind: 'SolrCloud', group, part: 'repository' },
    },
    {
      of: 'docker.io/library/busybox',
      at: { field: '/spec/busyBoxImage/repository', kind: 'SolrCloud', group, part: 'repository' },
    },
    {
      of: 'docker.io/library/solr',
      at: { field: '/spec/image/repository', kind: 'SolrPrometheusExporter', group, part: 'repository' },
    },
    {
      of: 'docker.io/library/busybox',
      at: {
        field: '/spec/busyBoxImage/repository',
        kind: 'SolrPrometheusExporter',
        group,
        part: 'repository',
      },
    },
  ],
  reverts: 'always',
};
