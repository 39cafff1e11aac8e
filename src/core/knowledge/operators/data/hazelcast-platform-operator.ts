import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'hazelcast.com';

export const hazelcastPlatformOperator: Operator = {
  name: 'hazelcast-platform-operator',
  title: 'Hazelcast Platform Operator',
  versions: '>=5.10.0 <=5.12.0',
  sources: github(
    'hazelcast/hazelcast-platform-operator@v5.12.0',
    'config/crd/bases/hazelcast.com_hazelcasts.yaml',
    'config/crd/bases/hazelcast.com_managementcenters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['hazelcast-platform-controller-manager'] }],
  owns: [{ group, kinds: ['Hazelcast', 'ManagementCenter'] }],
  images: [
    {
      of: 'docker.io/hazelcast/hazelcast*',
      container: 'hazelcast',
      at: { field: '/spec/repository', kind: 'Hazelcast', group, part: 'repository' },
    },
    {
      of: 'docker.io/hazelcast/platform-operator-agent',
      at: { field: '/spec/agent/repository', kind: 'Hazelcast', group, part: 'repository' },
    },
    {
      of: 'docker.io/hazelcast/management-center',
      at: { field: '/spec/repository', kind: 'ManagementCenter', group, part: 'repository' },
    },
  ],
  reverts: 'always',
};
