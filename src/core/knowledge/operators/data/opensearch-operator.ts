import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'opensearch.opster.io';

export const opensearchOperator: Operator = {
  name: 'opensearch-operator',
  title: 'OpenSearch Kubernetes Operator',
  versions: '>=2.1.0 <=2.8.0',
  sources: github(
    'opensearch-project/opensearch-k8s-operator@v2.8.0',
    'opensearch-operator/pkg/helpers/reconcile-helpers.go',
    'opensearch-operator/config/crd/bases/opensearch.opster.io_opensearchclusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['opensearch-operator-controller-manager'] }],
  owns: [{ group, kinds: ['OpenSearchCluster'] }],
  images: [
    {
      of: 'docker.io/opensearchproject/opensearch',
      at: { field: '/spec/general/image', kind: 'OpenSearchCluster', group },
    },
    {
      of: 'docker.io/opensearchproject/opensearch-dashboards',
      container: 'dashboards',
      at: { field: '/spec/dashboards/image', kind: 'OpenSearchCluster', group },
    },
    {
      of: 'docker.io/library/busybox',
      at: { field: '/spec/initHelper/image', kind: 'OpenSearchCluster', group },
    },
    {
      of: 'docker.io/opensearchproject/*',
      at: { field: '/spec/general/defaultRepo', kind: 'OpenSearchCluster', group, part: 'prefix' },
    },
  ],
  reverts: 'always',
};
