import { describe, expect, test } from 'vitest';
import type { Expectation } from '../../core/model/index.ts';
import type { ContainerStatus, PodObject } from './types.ts';
import { blockedElsewhere, judgePod } from './pod.ts';

const wanted: Expectation = {
  place: 'container',
  container: 'web',
  imageBefore: 'web:1',
  imageAfter: 'm/web:1',
};

function pod(statuses: readonly ContainerStatus[], image = 'm/web:1'): PodObject {
  return {
    spec: {
      containers: [
        { name: 'web', image },
        { name: 'side', image: 'side:1' },
      ],
    },
    status: { phase: 'Pending', containerStatuses: statuses },
  };
}

describe('judgePod', () => {
  test('a pod that still names the old image says nothing about the new one', () => {
    expect(judgePod(pod([], 'web:1'), [wanted])).toEqual({ is: 'old' });
  });

  test.each<[string, ContainerStatus]>([
    ['runs', { name: 'web', imageID: 'sha256:1', state: { running: {} } }],
    ['has ended', { name: 'web', imageID: 'sha256:1', state: { terminated: {} } }],
    [
      'crashes after a start',
      {
        name: 'web',
        imageID: 'sha256:1',
        restartCount: 2,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      },
    ],
  ])('a container that %s has its image', (_, status) => {
    expect(judgePod(pod([status]), [wanted])).toEqual({ is: 'proved' });
  });

  test('a container without an image ID is not proved, whatever its state says', () => {
    expect(judgePod(pod([{ name: 'web', imageID: '', state: { running: {} } }]), [wanted]).is).toBe(
      'waiting',
    );
  });

  test('a pull failure of the new image is told in the words of the kubelet', () => {
    const state = { waiting: { reason: 'ErrImagePull', message: 'no such host' } };
    expect(judgePod(pod([{ name: 'web', imageID: '', state }]), [wanted])).toEqual({
      is: 'failing',
      reason: 'no such host',
    });
  });

  test('a pod that no node takes says so', () => {
    const unscheduled = {
      ...pod([]),
      status: { conditions: [{ type: 'PodScheduled', status: 'False', message: '0/2 nodes' }] },
    };
    expect(judgePod(unscheduled, [wanted])).toEqual({ is: 'waiting', reason: '0/2 nodes' });
  });

  test('an init container is looked up in its own list', () => {
    const init: Expectation = { ...wanted, place: 'initContainer', container: 'prepare' };
    const object: PodObject = {
      spec: { initContainers: [{ name: 'prepare', image: 'm/web:1' }] },
      status: { initContainerStatuses: [{ name: 'prepare', imageID: 'x', state: { terminated: {} } }] },
    };
    expect(judgePod(object, [init])).toEqual({ is: 'proved' });
  });

  test('an image volume is proved by a started container that mounts it', () => {
    const volume: Expectation = { ...wanted, place: 'imageVolume', container: 'data' };
    const spec = { volumes: [{ name: 'data', image: { reference: 'm/web:1' } }] };
    const waiting = {
      spec,
      status: {
        containerStatuses: [
          { name: 'c', imageID: '', state: { waiting: { reason: 'ImagePullBackOff', message: 'm' } } },
        ],
      },
    };
    const running = {
      spec,
      status: { containerStatuses: [{ name: 'c', imageID: 'x', state: { running: {} } }] },
    };
    expect(judgePod(waiting, [volume])).toEqual({ is: 'failing', reason: 'm' });
    expect(judgePod(running, [volume])).toEqual({ is: 'proved' });
  });
});

test('blockedElsewhere: another container of the pod cannot be pulled', () => {
  const side = { name: 'side', state: { waiting: { reason: 'ImagePullBackOff' } } };
  expect(blockedElsewhere(pod([side]), [wanted])).toBe(true);
  expect(blockedElsewhere(pod([{ ...side, name: 'web' }]), [wanted])).toBe(false);
});
