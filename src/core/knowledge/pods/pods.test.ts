import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import {
  causeIn,
  failingSurfaces,
  isOver,
  kindInfo,
  kindNamed,
  notTriedReason,
  podSurfaces,
  resourceName,
} from './index.ts';

const spec = {
  initContainers: [
    { name: 'init', image: 'busybox' },
    { name: 'side', image: 'quay.io/a/side:1', restartPolicy: 'Always' },
  ],
  containers: [
    {
      name: 'web',
      image: 'nginx:1.25',
      imagePullPolicy: 'Always',
      volumeMounts: [{ name: 'data', mountPath: '/d' }],
    },
    { name: 'no-image' },
  ],
  ephemeralContainers: [{ name: 'debug', image: 'alpine' }],
  volumes: [
    { name: 'tmp', emptyDir: {} },
    { name: 'data', image: { reference: 'ghcr.io/a/data:2', pullPolicy: 'IfNotPresent' } },
  ],
};

function waiting(name: string, reason: string, message?: string): JsonObject {
  return { name, state: { waiting: { reason, ...(message === undefined ? {} : { message }) } } };
}

describe('podSurfaces', () => {
  test('names every place of a pod spec with its pointer', () => {
    expect(podSurfaces(spec, '/spec/template/spec')).toEqual([
      {
        place: 'initContainer',
        name: 'init',
        image: 'busybox',
        path: '/spec/template/spec/initContainers/0/image',
      },
      {
        place: 'initContainer',
        name: 'side',
        image: 'quay.io/a/side:1',
        path: '/spec/template/spec/initContainers/1/image',
      },
      {
        place: 'container',
        name: 'web',
        image: 'nginx:1.25',
        pullPolicy: 'Always',
        path: '/spec/template/spec/containers/0/image',
      },
      {
        place: 'ephemeralContainer',
        name: 'debug',
        image: 'alpine',
        path: '/spec/template/spec/ephemeralContainers/0/image',
      },
      {
        place: 'imageVolume',
        name: 'data',
        image: 'ghcr.io/a/data:2',
        pullPolicy: 'IfNotPresent',
        path: '/spec/template/spec/volumes/1/image/reference',
      },
    ]);
  });

  test('takes anything for a pod spec', () => {
    expect(podSurfaces(undefined)).toEqual([]);
    expect(podSurfaces({ containers: 'x', volumes: [null, 3] })).toEqual([]);
  });
});

describe('failingSurfaces', () => {
  test('joins all three status lists, in a Running pod too', () => {
    const pod = {
      spec,
      status: {
        phase: 'Running',
        initContainerStatuses: [
          waiting('side', 'ImagePullBackOff', 'Back-off pulling image "quay.io/a/side:1"'),
        ],
        containerStatuses: [waiting('web', 'CrashLoopBackOff')],
        ephemeralContainerStatuses: [waiting('debug', 'ErrImagePull', 'boom')],
      },
    };
    expect(failingSurfaces(pod).map(({ place, name, reason }) => [place, name, reason])).toEqual([
      ['initContainer', 'side', 'ImagePullBackOff'],
      ['ephemeralContainer', 'debug', 'ErrImagePull'],
    ]);
    expect(isOver(pod)).toBe(false);
  });

  test('foresees containers of the same registry behind a failing init container', () => {
    const message = 'failed to pull and unpack image "docker.io/library/busybox:latest"';
    const pod = {
      spec,
      status: {
        initContainerStatuses: [waiting('init', 'ErrImagePull', message), waiting('side', notTriedReason)],
        containerStatuses: [waiting('web', notTriedReason)],
      },
    };
    expect(failingSurfaces(pod).map(({ name, reason }) => [name, reason])).toEqual([
      ['init', 'ErrImagePull'],
      ['web', notTriedReason],
    ]);
    const behindNothing = { ...pod, status: { containerStatuses: [waiting('web', notTriedReason)] } };
    expect(failingSurfaces(behindNothing)).toEqual([]);
  });

  test('blames the image volume that the message names', () => {
    const message = 'Back-off pulling image "ghcr.io/a/data:2": ErrImagePull: not found';
    const pod = { spec, status: { containerStatuses: [waiting('web', 'ImagePullBackOff', message)] } };
    expect(failingSurfaces(pod)).toMatchObject([
      { place: 'imageVolume', name: 'data', waiting: 'web', path: '/spec/volumes/1/image/reference' },
    ]);
  });

  test.each([
    'failed to pull and unpack image "docker.io/library/nginx:1.25": failed to resolve reference',
    'initializing source docker://nginx:1.25: pinging container registry',
    '',
  ])('blames the container when its own image is named, or nothing is: %s', (message) => {
    const pod = { spec, status: { containerStatuses: [waiting('web', 'ErrImagePull', message)] } };
    expect(failingSurfaces(pod)).toMatchObject([{ place: 'container', name: 'web' }]);
  });

  test('reads the volume out of CRI-O text', () => {
    const message = 'copying source: initializing source docker://ghcr.io/a/data:2: reading manifest';
    const pod = { spec, status: { containerStatuses: [waiting('web', 'ErrImagePull', message)] } };
    expect(failingSurfaces(pod)).toMatchObject([{ place: 'imageVolume', name: 'data' }]);
  });
});

test('causeIn strips the back-off of new kubelets and finds nothing in that of old ones', () => {
  expect(causeIn('Back-off pulling image "x:1": ErrImagePull: dial tcp: no route')).toBe(
    'ErrImagePull: dial tcp: no route',
  );
  expect(causeIn('Back-off pulling image "x:1"')).toBeUndefined();
  expect(causeIn('rpc error: code = NotFound')).toBe('rpc error: code = NotFound');
});

describe('kinds', () => {
  test.each([
    ['deploy', 'Deployment'],
    ['Deployments', 'Deployment'],
    ['statefulsets.apps', 'StatefulSet'],
    ['deployment.v1.apps', 'Deployment'],
    ['cj', 'CronJob'],
    ['rc', 'ReplicationController'],
    ['po', 'Pod'],
  ])('%s means %s', (text, kind) => {
    expect(kindNamed(text)?.kind).toBe(kind);
  });

  test('another group is another kind', () => {
    expect(kindNamed('statefulsets.apps.kruise.io')).toBeUndefined();
    expect(kindInfo('StatefulSet', 'apps.kruise.io/v1alpha1')).toBeUndefined();
    expect(kindInfo('CronJob', 'batch/v1beta1')?.podSpecPath).toBe('/spec/jobTemplate/spec/template/spec');
  });

  test('resources are named as RBAC names them', () => {
    expect(resourceName({ apiVersion: 'apps/v1', kind: 'Deployment' })).toBe('deployments.apps');
    expect(resourceName({ apiVersion: 'v1', kind: 'Pod' })).toBe('pods');
  });
});
