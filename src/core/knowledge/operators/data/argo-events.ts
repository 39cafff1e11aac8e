import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const argoEvents: Operator = {
  name: 'argo-events',
  title: 'Argo Events',
  versions: '>=1.7.1 <=1.9.11',
  sources: github(
    'argoproj/argo-events@v1.9.11',
    'manifests/base/controller-manager/controller-config.yaml',
    'manifests/base/controller-manager/controller-manager-deployment.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['controller-manager', 'argo-events-controller-manager'],
      namespaces: ['argo-events'],
      only: true,
    },
  ],
  owns: [{ group: 'argoproj.io', kinds: ['EventBus', 'EventSource', 'Sensor'] }],
  images: [
    {
      of: 'docker.io/library/nats',
      at: {
        configMap: 'argo-events-controller-config',
        key: 'controller-config.yaml',
        path: '/eventBus/jetstream/versions/*/natsImage',
      },
    },
    {
      of: 'docker.io/natsio/prometheus-nats-exporter',
      at: {
        configMap: 'argo-events-controller-config',
        key: 'controller-config.yaml',
        path: '/eventBus/jetstream/versions/*/metricsExporterImage',
      },
    },
    {
      of: 'docker.io/natsio/nats-server-config-reloader',
      at: {
        configMap: 'argo-events-controller-config',
        key: 'controller-config.yaml',
        path: '/eventBus/jetstream/versions/*/configReloaderImage',
      },
    },
    {
      of: 'docker.io/library/nats-streaming',
      at: {
        configMap: 'argo-events-controller-config',
        key: 'controller-config.yaml',
        path: '/eventBus/nats/versions/*/natsStreamingImage',
      },
    },
    {
      of: 'docker.io/natsio/prometheus-nats-exporter',
      at: {
        configMap: 'argo-events-controller-config',
        key: 'controller-config.yaml',
        path: '/eventBus/nats/versions/*/metricsExporterImage',
      },
    },
    { of: 'quay.io/argoproj/argo-events', at: { env: 'ARGO_EVENTS_IMAGE' } },
  ],
  reverts: 'always',
};
