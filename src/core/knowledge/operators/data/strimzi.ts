import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const strimzi: Operator = {
  name: 'strimzi',
  title: 'Strimzi',
  versions: '>=0.30.0 <=1.2.0',
  sources: github(
    'strimzi/strimzi-kafka-operator@1.2.0',
    'cluster-operator/src/main/java/io/strimzi/operator/cluster/ClusterOperatorConfig.java',
    'packaging/install/cluster-operator/060-Deployment-strimzi-cluster-operator.yaml',
    'packaging/install/cluster-operator/040-Crd-kafka.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['strimzi-cluster-operator*'] }],
  owns: [
    {
      group: 'kafka.strimzi.io',
      kinds: ['Kafka', 'KafkaConnect', 'KafkaMirrorMaker2', 'KafkaBridge', 'KafkaNodePool'],
    },
    { group: 'core.strimzi.io', kinds: ['StrimziPodSet'] },
  ],
  images: [
    {
      of: 'quay.io/strimzi/kafka',
      container: 'kafka',
      at: { field: '/spec/kafka/image', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/kafka',
      at: { field: '/spec/image', kind: 'KafkaConnect', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/kafka',
      at: { field: '/spec/image', kind: 'KafkaMirrorMaker2', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/kafka-bridge',
      at: { field: '/spec/image', kind: 'KafkaBridge', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'topic-operator',
      at: { field: '/spec/entityOperator/topicOperator/image', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'user-operator',
      at: { field: '/spec/entityOperator/userOperator/image', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/kafka',
      container: 'cruise-control',
      at: { field: '/spec/cruiseControl/image', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/kafka',
      at: { field: '/spec/kafkaExporter/image', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'kafka-init',
      at: { field: '/spec/kafka/brokerRackInitImage', kind: 'Kafka', group: 'kafka.strimzi.io' },
    },
    { of: 'quay.io/strimzi/kaniko-executor', at: { env: 'STRIMZI_DEFAULT_KANIKO_EXECUTOR_IMAGE' } },
    { of: 'quay.io/strimzi/kafka', at: { env: 'STRIMZI_KAFKA_IMAGES', part: 'list' } },
    { of: 'quay.io/strimzi/kafka', at: { env: 'STRIMZI_KAFKA_CONNECT_IMAGES', part: 'list' } },
    { of: 'quay.io/strimzi/kafka', at: { env: 'STRIMZI_KAFKA_MIRROR_MAKER_2_IMAGES', part: 'list' } },
    { of: 'quay.io/strimzi/kafka', at: { env: 'STRIMZI_DEFAULT_KAFKA_EXPORTER_IMAGE' } },
    {
      of: 'quay.io/strimzi/kafka',
      container: 'cruise-control',
      at: { env: 'STRIMZI_DEFAULT_CRUISE_CONTROL_IMAGE' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'topic-operator',
      at: { env: 'STRIMZI_DEFAULT_TOPIC_OPERATOR_IMAGE' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'user-operator',
      at: { env: 'STRIMZI_DEFAULT_USER_OPERATOR_IMAGE' },
    },
    {
      of: 'quay.io/strimzi/operator',
      container: 'kafka-init',
      at: { env: 'STRIMZI_DEFAULT_KAFKA_INIT_IMAGE' },
    },
    { of: 'quay.io/strimzi/kafka-bridge', at: { env: 'STRIMZI_DEFAULT_KAFKA_BRIDGE_IMAGE' } },
  ],
  reverts: 'always',
};
