import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operator.etcd.io';

export const etcdOperator: Operator = {
  name: 'etcd-operator',
  title: 'etcd-operator',
  versions: '0.2.0',
  sources: github(
    'etcd-io/etcd-operator@v0.2.0',
    'cmd/main.go',
    'config/crd/bases/operator.etcd.io_etcdclusters.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['etcd-operator-controller-manager'], namespaces: ['etcd-operator-system'] },
  ],
  owns: [{ group, kinds: ['EtcdCluster'] }],
  images: [
    {
      of: 'gcr.io/etcd-development/etcd',
      at: { field: '/spec/imageRegistry', kind: 'EtcdCluster', group, part: 'repository' },
    },
    { of: 'gcr.io/etcd-development/etcd', at: { flag: '--image-registry', part: 'repository' } },
  ],
  reverts: 'always',
};
