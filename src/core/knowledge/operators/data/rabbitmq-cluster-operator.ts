import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'rabbitmq.com';

export const rabbitmqClusterOperator: Operator = {
  name: 'rabbitmq-cluster-operator',
  title: 'RabbitMQ Cluster Operator',
  versions: '>=2.0.0 <=2.22.3',
  sources: github(
    'rabbitmq/cluster-operator@v2.22.3',
    'cmd/main.go',
    'config/crd/bases/rabbitmq.com_rabbitmqclusters.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['rabbitmq-cluster-operator', '*-rabbitmq-cluster-operator'],
      namespaces: ['rabbitmq-system'],
    },
  ],
  owns: [{ group, kinds: ['RabbitmqCluster'] }],
  images: [
    { of: 'docker.io/library/rabbitmq', at: { field: '/spec/image', kind: 'RabbitmqCluster', group } },
    {
      of: 'ghcr.io/rabbitmq/default-user-credential-updater',
      at: { field: '/spec/secretBackend/vault/defaultUserUpdaterImage', kind: 'RabbitmqCluster', group },
    },
    { of: 'docker.io/library/rabbitmq', at: { env: 'DEFAULT_RABBITMQ_IMAGE' } },
    { of: 'ghcr.io/rabbitmq/default-user-credential-updater', at: { env: 'DEFAULT_USER_UPDATER_IMAGE' } },
  ],
  reverts: 'always',
};
