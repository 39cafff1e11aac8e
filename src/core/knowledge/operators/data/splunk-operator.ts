import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'enterprise.splunk.com';

export const splunkOperator: Operator = {
  name: 'splunk-operator',
  title: 'Splunk Operator',
  versions: '>=2.1.1 <=3.0.0',
  sources: github('splunk/splunk-operator@3.0.0', 'config/crd/bases/enterprise.splunk.com_standalones.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['splunk-operator-controller-manager'], namespaces: ['splunk-operator'] },
  ],
  owns: [
    {
      group,
      kinds: [
        'Standalone',
        'IndexerCluster',
        'SearchHeadCluster',
        'ClusterManager',
        'LicenseManager',
        'MonitoringConsole',
      ],
    },
  ],
  images: [
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'Standalone', group } },
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'IndexerCluster', group } },
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'SearchHeadCluster', group } },
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'ClusterManager', group } },
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'LicenseManager', group } },
    { of: 'docker.io/splunk/splunk', at: { field: '/spec/image', kind: 'MonitoringConsole', group } },
    { of: 'docker.io/splunk/splunk', at: { env: 'RELATED_IMAGE_SPLUNK_ENTERPRISE' } },
  ],
  reverts: 'always',
};
