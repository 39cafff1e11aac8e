import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'kafka.banzaicloud.io';

export const koperator: Operator = {
  name: 'koperator',
  title: 'Koperator',
  versions: '>=0.21.0 <=0.25.1',
  sources: github(
    'banzaicloud/koperator@v0.25.1',
    'api/v1beta1/kafkacluster_types.go',
    'config/base/crds/kafka.banzaicloud.io_kafkaclusters.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['kafka-operator-operator', '*-kafka-operator-operator'],
      namespaces: ['kafka'],
    },
  ],
  owns: [{ group, kinds: ['KafkaCluster'] }],
  images: [
    { of: 'ghcr.io/banzaicloud/kafka', at: { field: '/spec/clusterImage', kind: 'KafkaCluster', group } },
    {
      of: 'ghcr.io/banzaicloud/cruise-control',
      at: { field: '/spec/cruiseControlConfig/image', kind: 'KafkaCluster', group },
    },
    {
      of: 'ghcr.io/banzaicloud/jmx-javaagent',
      at: { field: '/spec/monitoringConfig/jmxImage', kind: 'KafkaCluster', group },
    },
  ],
  reverts: 'always',
};
