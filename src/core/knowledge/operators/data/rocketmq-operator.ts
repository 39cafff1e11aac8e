import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'rocketmq.apache.org';

export const rocketmqOperator: Operator = {
  name: 'rocketmq-operator',
  title: 'RocketMQ Operator',
  versions: '>=0.2.1 <=0.3.0',
  sources: github(
    'apache/rocketmq-operator@0.3.0',
    'deploy/crds/rocketmq.apache.org_brokers.yaml',
    'deploy/crds/rocketmq.apache.org_nameservices.yaml',
    'example/rocketmq_v1alpha1_rocketmq_cluster.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['rocketmq-operator'] }],
  owns: [{ group, kinds: ['Broker', 'NameService', 'Console'] }],
  images: [
    { of: '**/rocketmq-broker', at: { field: '/spec/brokerImage', kind: 'Broker', group } },
    { of: '**/rocketmq-nameserver', at: { field: '/spec/nameServiceImage', kind: 'NameService', group } },
  ],
  reverts: 'on-change',
};
