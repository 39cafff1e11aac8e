import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const eck: Operator = {
  name: 'eck',
  title: 'Elastic Cloud on Kubernetes',
  versions: '>=2.8.0 <=3.5.0',
  sources: github(
    'elastic/cloud-on-k8s@v3.5.0',
    'pkg/controller/common/container/container.go',
    'pkg/controller/common/operator/flags.go',
    'deploy/eck-operator/templates/configmap.yaml',
    'config/crds/v1/all-crds.yaml',
  ),
  controllers: [{ kind: 'StatefulSet', names: ['elastic-operator', '*-eck-operator'] }],
  owns: [
    { group: 'elasticsearch.k8s.elastic.co', kinds: ['Elasticsearch'] },
    { group: 'kibana.k8s.elastic.co', kinds: ['Kibana'] },
    { group: 'apm.k8s.elastic.co', kinds: ['ApmServer'] },
    { group: 'beat.k8s.elastic.co', kinds: ['Beat'] },
    { group: 'agent.k8s.elastic.co', kinds: ['Agent'] },
    { group: 'logstash.k8s.elastic.co', kinds: ['Logstash'] },
    { group: 'maps.k8s.elastic.co', kinds: ['ElasticMapsServer'] },
    { group: 'enterprisesearch.k8s.elastic.co', kinds: ['EnterpriseSearch'] },
  ],
  images: [
    {
      of: 'docker.elastic.co/elasticsearch/elasticsearch',
      at: { field: '/spec/image', kind: 'Elasticsearch', group: 'elasticsearch.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/kibana/kibana',
      at: { field: '/spec/image', kind: 'Kibana', group: 'kibana.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/apm/apm-server',
      at: { field: '/spec/image', kind: 'ApmServer', group: 'apm.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/beats/*',
      at: { field: '/spec/image', kind: 'Beat', group: 'beat.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/elastic-agent/elastic-agent',
      at: { field: '/spec/image', kind: 'Agent', group: 'agent.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/logstash/logstash',
      at: { field: '/spec/image', kind: 'Logstash', group: 'logstash.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/elastic-maps-service/elastic-maps-server*',
      at: { field: '/spec/image', kind: 'ElasticMapsServer', group: 'maps.k8s.elastic.co' },
    },
    {
      of: 'docker.elastic.co/enterprise-search/enterprise-search',
      at: { field: '/spec/image', kind: 'EnterpriseSearch', group: 'enterprisesearch.k8s.elastic.co' },
    },
    { of: 'docker.elastic.co/*/*', at: { flag: '--container-registry', part: 'registry' } },
    {
      of: 'docker.elastic.co/*/*',
      at: { configMap: 'elastic-operator*', key: 'eck.yaml', path: '/container-registry', part: 'registry' },
      restarts: true,
    },
  ],
  reverts: 'always',
};
