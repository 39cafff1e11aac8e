import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const kserve: Operator = {
  name: 'kserve',
  title: 'KServe',
  versions: '>=0.11.0 <=0.20.0',
  sources: github(
    'kserve/kserve@v0.20.0',
    'config/configmap/inferenceservice.yaml',
    'pkg/constants/constants.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['kserve-controller-manager'], namespaces: ['kserve'] }],
  owns: [{ group: 'serving.kserve.io', kinds: ['InferenceService', 'InferenceGraph'] }],
  images: [
    {
      of: 'docker.io/kserve/storage-initializer',
      container: 'storage-initializer',
      at: { configMap: 'inferenceservice-config', key: 'storageInitializer', path: '/image' },
    },
    {
      of: 'docker.io/kserve/agent',
      container: 'agent',
      at: { configMap: 'inferenceservice-config', key: 'agent', path: '/image' },
    },
    {
      of: 'docker.io/kserve/agent',
      at: { configMap: 'inferenceservice-config', key: 'logger', path: '/image' },
    },
    {
      of: 'docker.io/kserve/agent',
      at: { configMap: 'inferenceservice-config', key: 'batcher', path: '/image' },
    },
    {
      of: 'docker.io/kserve/router',
      at: { configMap: 'inferenceservice-config', key: 'router', path: '/image' },
    },
  ],
  reverts: 'always',
};
