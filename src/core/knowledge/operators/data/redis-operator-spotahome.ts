import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'databases.spotahome.com';

export const redisOperatorSpotahome: Operator = {
  name: 'redis-operator-spotahome',
  title: 'Redis Operator (Spotahome)',
  versions: '>=1.1.0 <=1.2.4',
  sources: github(
    'spotahome/redis-operator@v1.2.4',
    'api/redisfailover/v1/defaults.go',
    'api/redisfailover/v1/validate.go',
    'manifests/databases.spotahome.com_redisfailovers.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['redisoperator', 'redis-operator'] }],
  owns: [{ group, kinds: ['RedisFailover'] }],
  images: [
    { of: 'docker.io/library/redis', at: { field: '/spec/redis/image', kind: 'RedisFailover', group } },
    { of: 'docker.io/library/redis', at: { field: '/spec/sentinel/image', kind: 'RedisFailover', group } },
    {
      of: 'quay.io/oliver006/redis_exporter',
      at: { field: '/spec/redis/exporter/image', kind: 'RedisFailover', group },
    },
    {
      of: 'quay.io/oliver006/redis_exporter',
      at: { field: '/spec/sentinel/exporter/image', kind: 'RedisFailover', group },
    },
  ],
  reverts: 'always',
};
