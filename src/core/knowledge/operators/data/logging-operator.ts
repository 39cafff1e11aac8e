import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'logging.banzaicloud.io';

export const loggingOperator: Operator = {
  name: 'logging-operator',
  title: 'Logging operator',
  versions: '>=4.6.0 <=6.3.0',
  sources: github(
    'kube-logging/logging-operator@6.3.0',
    'pkg/sdk/logging/api/v1beta1/logging_types.go',
    'config/crd/bases/logging.banzaicloud.io_loggings.yaml',
    'config/crd/bases/logging.banzaicloud.io_fluentdconfigs.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['logging-operator', '*-logging-operator'] }],
  owns: [{ group, kinds: ['Logging', 'FluentbitAgent', 'FluentdConfig', 'SyslogNGConfig'] }],
  images: [
    {
      of: 'ghcr.io/fluent/fluent-bit',
      at: { field: '/spec/image/repository', kind: 'FluentbitAgent', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/node-exporter',
      at: { field: '/spec/bufferVolumeImage/repository', kind: 'FluentbitAgent', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/fluentd',
      at: { field: '/spec/image/repository', kind: 'FluentdConfig', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/config-reloader',
      at: { field: '/spec/configReloaderImage/repository', kind: 'FluentdConfig', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/node-exporter',
      at: { field: '/spec/bufferVolumeImage/repository', kind: 'FluentdConfig', group, part: 'repository' },
    },
    {
      of: 'docker.io/library/busybox',
      at: { field: '/spec/volumeModImage/repository', kind: 'FluentdConfig', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/fluentd-drain-watch',
      at: { field: '/spec/scaling/drain/image/repository', kind: 'FluentdConfig', group, part: 'repository' },
    },
    {
      of: 'registry.k8s.io/pause',
      at: {
        field: '/spec/scaling/drain/pauseImage/repository',
        kind: 'FluentdConfig',
        group,
        part: 'repository',
      },
    },
    {
      of: 'ghcr.io/fluent/fluent-bit',
      at: { field: '/spec/fluentbit/image/repository', kind: 'Logging', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/fluentd',
      at: { field: '/spec/fluentd/image/repository', kind: 'Logging', group, part: 'repository' },
    },
    {
      of: 'ghcr.io/kube-logging/logging-operator/config-reloader',
      at: {
        field: '/spec/fluentd/configReloaderImage/repository',
        kind: 'Logging',
        group,
        part: 'repository',
      },
    },
  ],
  reverts: 'always',
};
