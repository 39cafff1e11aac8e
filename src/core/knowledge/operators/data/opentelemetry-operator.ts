import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'opentelemetry.io';

export const opentelemetryOperator: Operator = {
  name: 'opentelemetry-operator',
  title: 'OpenTelemetry Operator',
  versions: '>=0.100.0 <=0.158.0',
  sources: github(
    'open-telemetry/opentelemetry-operator@v0.158.0',
    'internal/config/cli.go',
    'internal/config/config.go',
    'config/crd/bases/opentelemetry.io_instrumentations.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: [
        'opentelemetry-operator-controller-manager',
        'opentelemetry-operator',
        '*-opentelemetry-operator',
      ],
    },
  ],
  owns: [{ group, kinds: ['OpenTelemetryCollector', 'OpAMPBridge', 'TargetAllocator', 'Instrumentation'] }],
  images: [
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector*',
      container: 'otc-container',
      at: { field: '/spec/image', kind: 'OpenTelemetryCollector', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/target-allocator',
      at: { field: '/spec/targetAllocator/image', kind: 'OpenTelemetryCollector', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/target-allocator',
      at: { field: '/spec/image', kind: 'TargetAllocator', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/operator-opamp-bridge',
      at: { field: '/spec/image', kind: 'OpAMPBridge', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java',
      at: { field: '/spec/java/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-nodejs',
      at: { field: '/spec/nodejs/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-python',
      at: { field: '/spec/python/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-dotnet',
      at: { field: '/spec/dotnet/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-apache-httpd',
      at: { field: '/spec/apacheHttpd/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-go-instrumentation/autoinstrumentation-go',
      at: { field: '/spec/go/image', kind: 'Instrumentation', group },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector*',
      container: 'otc-container',
      at: { flag: '--collector-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/target-allocator',
      at: { flag: '--target-allocator-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/operator-opamp-bridge',
      at: { flag: '--operator-opamp-bridge-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java',
      at: { flag: '--auto-instrumentation-java-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-nodejs',
      at: { flag: '--auto-instrumentation-nodejs-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-python',
      at: { flag: '--auto-instrumentation-python-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-dotnet',
      at: { flag: '--auto-instrumentation-dotnet-image' },
    },
    {
      of: 'ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-apache-httpd',
      at: { flag: '--auto-instrumentation-apache-httpd-image' },
    },
  ],
  reverts: 'always',
};
