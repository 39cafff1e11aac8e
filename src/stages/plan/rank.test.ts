import { expect, test } from 'vitest';
import {
  pullProblem,
  type Chain,
  type FailureClass,
  type ObjectRef,
  type PullProblem,
  type Workload,
} from '../../core/model/index.ts';
import { isGate, ranked } from './rank.ts';
import type { DraftStep } from './remedies/index.ts';

function ref(kind: string, namespace: string, name: string): ObjectRef {
  return { apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, namespace, name };
}

function patch(object: ObjectRef): DraftStep {
  const image = `${object.name}:1`;
  return {
    kind: 'patch',
    object,
    needs: [],
    expect: [{ place: 'container', container: 'c', imageBefore: image, imageAfter: `m/${image}` }],
    changes: [{ path: '/spec/image', before: image, after: `m/${image}` }],
  };
}

function problem(object: ObjectRef, waits?: FailureClass): PullProblem {
  const image = `docker.io/library/${object.name}:1`;
  const pod = ref('Pod', object.namespace ?? '', `${object.name}-0`);
  const chains: readonly Chain[] =
    waits === undefined
      ? []
      : [
          {
            class: waits,
            links: [
              { object: ref('Pod', 'shop', 'other'), symptom: '' },
              { object: pod, symptom: '' },
            ],
          },
        ];
  return pullProblem(
    image,
    { image, usages: [] },
    {
      diagnosis: { class: 'dns', confidence: 'certain', mirrorHelps: 'yes', evidence: '' },
      others: [],
      failures: [
        {
          pod,
          owner: object,
          place: 'container',
          container: 'c',
          image,
        } as unknown as PullProblem['status']['failures'][number],
      ],
      pods: 1,
      owners: [object],
      nodes: [],
      chains,
    },
  );
}

function workload(object: ObjectRef, priorityClassName: string): Workload {
  return {
    ref: object,
    object: { spec: { priorityClassName } },
    podSpecPath: '/spec',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
  };
}

const web = ref('Deployment', 'shop', 'web');
const api = ref('Deployment', 'shop', 'api');
const hook = ref('Deployment', 'guard', 'hook');
const provisioner = ref('Deployment', 'storage', 'provisioner');
const cni = ref('DaemonSet', 'net', 'cni');
const proxy = ref('DaemonSet', 'kube-system', 'kube-proxy');
const dns = ref('Deployment', 'kube-system', 'coredns');

const problems = [
  problem(web),
  problem(api),
  problem(hook, 'dependent-webhook'),
  problem(provisioner, 'dependent-storage'),
  problem(cni, 'dependent-node'),
  problem(proxy),
  problem(dns),
];
const workloads = [workload(dns, 'system-cluster-critical'), workload(web, 'high')];
const namesOf = (objects: readonly ObjectRef[]) =>
  ranked(
    objects.map((object) => [patch(object)]),
    { problems, workloads },
  ).map(([step]) => step?.object.name);

test('network, storage, webhooks, what the cluster calls critical, then the rest as it was found', () => {
  const order = ['cni', 'provisioner', 'hook', 'kube-proxy', 'coredns', 'web', 'api'];
  expect(namesOf([web, dns, hook, api, proxy, provisioner, cni])).toEqual([
    ...order.slice(0, 3),
    'coredns',
    'kube-proxy',
    'web',
    'api',
  ]);
  expect(namesOf([api, web])).toEqual(['api', 'web']);
});

test('a pause image comes before everything', () => {
  const step = {
    kind: 'node-config',
    object: { apiVersion: 'v1', kind: 'Node', name: 'n1' },
    needs: [],
    expect: [],
    node: 'n1',
  };
  const pause = { ...step, settings: { registries: [], pauseImage: 'm/pause:3' } } as unknown as DraftStep;
  const mirror = { ...step, settings: { registries: [] } } as unknown as DraftStep;
  const all = ranked([[patch(web)], [mirror], [patch(cni)], [pause]], { problems, workloads });
  expect(all.map(([first]) => first)).toEqual([pause, patch(cni), patch(web), mirror]);
});

test('only what others wait for is first, not another workload with the same image', () => {
  const twin = { ...patch(hook), object: ref('Deployment', 'shop', 'twin') };
  const shared = problem(hook, 'dependent-webhook');
  const withTwin: PullProblem = {
    ...shared,
    status: {
      ...shared.status,
      failures: [
        ...shared.status.failures,
        ...shared.status.failures.map((one) => ({
          ...one,
          owner: twin.object,
          pod: ref('Pod', 'shop', 'twin-0'),
        })),
      ],
    },
  };
  expect([isGate(patch(hook), [withTwin]), isGate(twin, [withTwin])]).toEqual([true, false]);
  expect(isGate({ ...patch(hook), expect: [] }, [withTwin])).toBe(false);
});
