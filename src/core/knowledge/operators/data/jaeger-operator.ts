import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'jaegertracing.io';

export const jaegerOperator: Operator = {
  name: 'jaeger-operator',
  title: 'Jaeger Operator',
  versions: '>=1.30.0 <=1.65.0',
  sources: github(
    'jaegertracing/jaeger-operator@v1.65.0',
    'pkg/cmd/start/main.go',
    'config/crd/bases/jaegertracing.io_jaegers.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['jaeger-operator'], namespaces: ['observability'] }],
  owns: [{ group, kinds: ['Jaeger'] }],
  images: [
    { of: 'docker.io/jaegertracing/jaeger-agent', at: { field: '/spec/agent/image', kind: 'Jaeger', group } },
    {
      of: 'docker.io/jaegertracing/all-in-one',
      at: { field: '/spec/allInOne/image', kind: 'Jaeger', group },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-collector',
      at: { field: '/spec/collector/image', kind: 'Jaeger', group },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-ingester',
      at: { field: '/spec/ingester/image', kind: 'Jaeger', group },
    },
    { of: 'docker.io/jaegertracing/jaeger-query', at: { field: '/spec/query/image', kind: 'Jaeger', group } },
    {
      of: 'docker.io/jaegertracing/jaeger-cassandra-schema',
      at: { field: '/spec/storage/cassandraCreateSchema/image', kind: 'Jaeger', group },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-es-index-cleaner',
      at: { field: '/spec/storage/esIndexCleaner/image', kind: 'Jaeger', group },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-es-rollover',
      at: { field: '/spec/storage/esRollover/image', kind: 'Jaeger', group },
    },
    {
      of: 'ghcr.io/jaegertracing/spark-dependencies/spark-dependencies',
      at: { field: '/spec/storage/dependencies/image', kind: 'Jaeger', group },
    },
    { of: 'docker.io/jaegertracing/jaeger-agent', at: { flag: '--jaeger-agent-image', part: 'repository' } },
    {
      of: 'docker.io/jaegertracing/all-in-one',
      at: { flag: '--jaeger-all-in-one-image', part: 'repository' },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-collector',
      at: { flag: '--jaeger-collector-image', part: 'repository' },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-ingester',
      at: { flag: '--jaeger-ingester-image', part: 'repository' },
    },
    { of: 'docker.io/jaegertracing/jaeger-query', at: { flag: '--jaeger-query-image', part: 'repository' } },
    {
      of: 'docker.io/jaegertracing/jaeger-cassandra-schema',
      at: { flag: '--jaeger-cassandra-schema-image', part: 'repository' },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-es-index-cleaner',
      at: { flag: '--jaeger-es-index-cleaner-image', part: 'repository' },
    },
    {
      of: 'docker.io/jaegertracing/jaeger-es-rollover',
      at: { flag: '--jaeger-es-rollover-image', part: 'repository' },
    },
  ],
  reverts: 'always',
};
