import { expect, test } from 'vitest';
import type { World } from '../../access/index.ts';
import { planNodeNames } from './name-plan.ts';

const node = (name: string, operatingSystem: string) => ({
  metadata: { name },
  status: { nodeInfo: { operatingSystem } },
});
const kube = {
  identity: { context: 'c', server: 's', version: 'v1.34.0' },
  list: async () => await Promise.resolve([node('node1', 'linux'), node('win1', 'windows')]),
};
const world = {
  options: {},
  outside: { kube: async () => await Promise.resolve(kube) },
} as unknown as World;

test('a copy is pulled by all Linux nodes and named as the runtime looks for the other name', async () => {
  const { spec } = await planNodeNames({ source: 'harbor.corp/a/nginx:1', name: 'nginx' }, [], world);
  expect(spec.steps).toMatchObject([
    {
      kind: 'node-alias',
      nodes: ['node1'],
      aliases: [{ source: 'harbor.corp/a/nginx:1', names: ['docker.io/library/nginx:latest'] }],
    },
  ]);
  expect(spec.replacements).toMatchObject([{ identity: 'unverified' }]);
});

test('an image that is only pulled keeps its name, on each node once', async () => {
  const { spec } = await planNodeNames({ source: 'nginx:1' }, ['node2', 'node2'], world);
  const name = 'docker.io/library/nginx:1';
  expect(spec.steps).toMatchObject([{ nodes: ['node2'], aliases: [{ source: name, names: [name] }] }]);
  expect(spec.replacements).toMatchObject([{ identity: 'same' }]);
});
