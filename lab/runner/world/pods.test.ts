import { expect, test } from 'vitest';
import { comparable } from './comparable.ts';
import { isRunning, podsOf, waitingOf, type Pod } from './pods.ts';

function pod(name: string, owner?: { kind: string; name: string; uid: string }, more: object = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(owner && { ownerReferences: [owner] }), ...more },
    spec: {},
  };
}

const replicaSet = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web-1', uid: 'r1', ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'd1' }] },
};

test('the pods of a Deployment are found through its ReplicaSets, without those that are being deleted', () => {
  const owner = { kind: 'ReplicaSet', name: 'web-1', uid: 'r1' };
  const pods = [pod('a', owner), pod('b'), pod('c', owner, { deletionTimestamp: 'now' })];
  expect(podsOf('Deployment/web', pods, [replicaSet]).map(({ metadata }) => metadata.name)).toEqual(['a']);
  expect(podsOf('ReplicaSet/web-1', pods, [replicaSet])).toHaveLength(1);
  expect(podsOf('Pod/b', pods, [replicaSet])).toHaveLength(1);
});

test('a pod runs when the kubelet has all its images and says Ready', () => {
  const container = { name: 'c', image: 'x', imageID: 'x@sha256:1' };
  const status = { conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [container] };
  expect(isRunning({ ...pod('a'), status })).toBe(true);
  expect(
    isRunning({ ...pod('a'), status: { ...status, containerStatuses: [{ ...container, imageID: '' }] } }),
  ).toBe(false);
  expect(isRunning({ ...pod('a'), status: { phase: 'Succeeded', containerStatuses: [container] } })).toBe(
    true,
  );
  expect(isRunning({ ...pod('a'), status: { phase: 'Pending' } })).toBe(false);
});

test('waiting containers of every kind are seen', () => {
  const waiting = { waiting: { reason: 'ErrImagePull', message: 'no' } };
  const status = {
    initContainerStatuses: [{ name: 'i', image: 'x', state: waiting }],
    ephemeralContainerStatuses: [{ name: 'e', image: 'x', state: waiting }],
    containerStatuses: [{ name: 'c', image: 'x', state: { running: {} } }],
  };
  expect(waitingOf({ ...pod('a'), status }).map(({ container }) => container)).toEqual(['i', 'e']);
});

test('a re-created Job and pod compare equal to what they were', () => {
  const job = (uid: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j', uid },
    spec: {
      selector: { matchLabels: { 'controller-uid': uid } },
      template: { metadata: { labels: { app: 'j', 'controller-uid': uid } }, spec: { containers: [] } },
    },
  });
  expect(comparable(job('1'))).toEqual(comparable(job('2')));
  const bare = (node: string, token: string) => ({
    ...pod('p'),
    spec: {
      nodeName: node,
      volumes: [{ name: `kube-api-access-${token}` }],
      containers: [{ name: 'c', volumeMounts: [{ name: `kube-api-access-${token}` }] }],
    },
  });
  expect(comparable(bare('node1', 'aaa'))).toEqual(comparable(bare('node2', 'bbb')));
});
