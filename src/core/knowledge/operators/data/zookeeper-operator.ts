import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'zookeeper.pravega.io';

export const zookeeperOperator: Operator = {
  name: 'zookeeper-operator',
  title: 'ZooKeeper Operator (Pravega)',
  versions: '>=0.2.12 <=0.2.15',
  sources: github(
    'pravega/zookeeper-operator@v0.2.15',
    'api/v1beta1/zookeepercluster_types.go',
    'config/crd/bases/zookeeper.pravega.io_zookeeperclusters.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['zookeeper-operator', '*-zookeeper-operator'] }],
  owns: [{ group, kinds: ['ZookeeperCluster'] }],
  images: [
    {
      of: 'docker.io/pravega/zookeeper',
      container: 'zookeeper',
      at: { field: '/spec/image/repository', kind: 'ZookeeperCluster', group, part: 'repository' },
    },
  ],
  reverts: 'always',
};
