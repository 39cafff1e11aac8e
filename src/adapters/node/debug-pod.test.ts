import { expect, test } from 'vitest';
import { PullmendError } from '../../core/base/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { Kube } from '../kube/index.ts';
import { openDebugPod } from './debug-pod.ts';

const node: JsonObject = {
  metadata: { name: 'node1' },
  status: {
    images: [
      { names: ['registry.k8s.io/a:1'], sizeBytes: 1 },
      { names: ['quay.io/b:1'], sizeBytes: 2 },
    ],
  },
};

/** Pods are made and never get on; what the kubelet says of them stands in events. */
function stuck(events: () => readonly JsonObject[]) {
  const made: string[] = [];
  const gone: string[] = [];
  const pods = new Map<string, JsonObject>();
  const kube = {
    create: async (pod: JsonObject) => {
      const name = (pod['metadata'] as { name: string }).name;
      made.push(name);
      const waiting = { reason: 'ContainerCreating' };
      pods.set(name, { ...pod, status: { containerStatuses: [{ state: { waiting } }] } });
      return await Promise.resolve(pod);
    },
    find: async ({ name }: { name: string }) => await Promise.resolve(pods.get(name)),
    delete: async ({ name }: { name: string }) => await Promise.resolve(void gone.push(name)),
    list: async (kind: string) => await Promise.resolve(kind === 'Event' ? events() : []),
  } as unknown as Kube;
  return { kube, made, gone };
}

test('a node that can make no sandbox is told in its own words, and no other image is tried', async () => {
  const message = 'failed to get sandbox image "registry.k8s.io/pause:3.10": no such host';
  const { kube, made, gone } = stuck(() => [{ message }]);
  await expect(openDebugPod(kube, node, new AbortController().signal, 0)).rejects.toMatchObject({
    reason: 'failed',
    message: expect.stringContaining(message) as string,
  });
  expect(made).toHaveLength(1);
  expect(gone).toEqual(made);
});

test('who may not read events waits for the pod itself', async () => {
  const stop = new AbortController();
  const { kube, made, gone } = stuck(() => {
    stop.abort();
    throw new PullmendError('PM_FORBIDDEN', { verb: 'list', resource: 'events', user: 'ann' } as never);
  });
  await expect(openDebugPod(kube, node, stop.signal, 0)).rejects.toThrow('abort');
  expect(gone).toEqual(made);
});
