import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'redis.redis.opstreelabs.in';

export const redisOperatorOpstree: Operator = {
  name: 'redis-operator-opstree',
  title: 'Redis Operator (OT-CONTAINER-KIT)',
  versions: '>=0.15.0 <=0.26.0',
  sources: github(
    'OT-CONTAINER-KIT/redis-operator@v0.26.0',
    'internal/envs/envs.go',
    'config/crd/bases/redis.redis.opstreelabs.in_redis.yaml',
    'config/crd/bases/redis.redis.opstreelabs.in_redisclusters.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['redis-operator'], namespaces: ['ot-operators', 'redis-operator'] },
  ],
  owns: [{ group, kinds: ['Redis', 'RedisCluster', 'RedisReplication', 'RedisSentinel'] }],
  images: [
    { of: 'quay.io/opstree/redis', at: { field: '/spec/kubernetesConfig/image', kind: 'Redis', group } },
    {
      of: 'quay.io/opstree/redis',
      at: { field: '/spec/kubernetesConfig/image', kind: 'RedisCluster', group },
    },
    {
      of: 'quay.io/opstree/redis',
      at: { field: '/spec/kubernetesConfig/image', kind: 'RedisReplication', group },
    },
    {
      of: 'quay.io/opstree/redis-sentinel',
      at: { field: '/spec/kubernetesConfig/image', kind: 'RedisSentinel', group },
    },
    {
      of: 'quay.io/opstree/redis-exporter',
      container: 'redis-exporter',
      at: { field: '/spec/redisExporter/image', kind: 'Redis', group },
    },
    {
      of: 'quay.io/opstree/redis-exporter',
      container: 'redis-exporter',
      at: { field: '/spec/redisExporter/image', kind: 'RedisCluster', group },
    },
    {
      of: 'quay.io/opstree/redis-exporter',
      container: 'redis-exporter',
      at: { field: '/spec/redisExporter/image', kind: 'RedisReplication', group },
    },
    {
      of: 'quay.io/opstree/redis-exporter',
      container: 'redis-exporter',
      at: { field: '/spec/redisExporter/image', kind: 'RedisSentinel', group },
    },
    { of: 'quay.io/opstree/redis-operator', at: { env: 'INIT_CONTAINER_IMAGE' } },
  ],
  reverts: 'always',
};
