import { describe, expect, test } from 'vitest';
import type { JsonObject, Manager, Replacement, Usage, Workload } from '../../../core/model/index.ts';
import { changesFor } from '../changes.ts';
import type { PlanFacts } from '../facts.ts';
import { nodeLoad, sentOnce } from './node-load.ts';
import { onObject } from './on-object.ts';
import type { DraftStep, Mend, Task } from './remedy.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const image = 'quay.io/acme/web:1';
const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

function usageOf(more: Partial<Usage> = {}): Usage {
  return {
    object: web,
    path: '/spec/template/spec/containers/0/image',
    place: 'container',
    name: 'web',
    image,
    reference: image,
    pullPolicy: 'IfNotPresent',
    ...more,
  } as unknown as Usage;
}

function alone(usage: Usage): Mend {
  const replacement: Replacement = { image, with: usage.image, mirror: '', platforms: [], identity: 'same' };
  return { usage, replacement, otherwise: { reason: 'no-copy', copyTo: 'harbor.corp/x/acme/web:1' } };
}

const node = (name: string, bytes = 5) => ({ name, platform: 'linux/amd64', bytes, access: 'debug-pod' });
const facts: PlanFacts = {
  nodesOf: { 'Deployment/shop/web': ['node1', 'node2'] },
  nodeLoads: [{ image, digest, nodes: [node('node1'), node('node2'), node('node3')] }],
};

function taskOf(mends: readonly Mend[], more: Partial<Workload> & { readonly policy?: string } = {}): Task {
  const { policy = 'IfNotPresent', ...rest } = more;
  const object: JsonObject = {
    spec: { template: { spec: { containers: [{ name: 'web', image, imagePullPolicy: policy }] } } },
  };
  const pod = { ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' }, running: [] };
  const workload = {
    ref: web,
    object,
    podSpecPath: '/spec/template/spec',
    managers: [],
    stuckPods: [pod],
    serviceAccountSecrets: [],
    jobs: [],
    ...rest,
  } as unknown as Workload;
  return { workload, mends, changes: changesFor(workload, mends, new Map(), { allowUnverified: false }) };
}

const flux = { by: 'argo-cd', name: 'shop', effect: 'reverts' } as unknown as Manager;

describe('an image that no mirror has', () => {
  test('is sent to the nodes of its pods, and these look again at once', () => {
    const task = taskOf([alone(usageOf())]);
    expect(onObject.propose(task, facts)).toBeUndefined();
    expect(nodeLoad.propose(task, facts)).toMatchObject({
      ok: true,
      steps: [
        {
          kind: 'node-load',
          source: image,
          names: [image],
          digest,
          nodes: [{ name: 'node1' }, { name: 'node2' }],
          expect: [{ container: 'web', imageAfter: image }],
        },
        { kind: 'replace-pods', needs: [0], pods: [{ name: 'web-1' }] },
      ],
    });
  });

  test('gets there though the object is managed: it does not change', () => {
    const found = nodeLoad.propose(taskOf([alone(usageOf())], { managers: [flux] }), facts);
    expect(found).toMatchObject({ ok: true, steps: [{ kind: 'node-load' }, { kind: 'replace-pods' }] });
  });

  test('is asked for by digest, and gets no other name', () => {
    const pinned = `quay.io/acme/web@${digest}`;
    const found = nodeLoad.propose(taskOf([alone(usageOf({ image: pinned, reference: pinned }))]), {
      ...facts,
      nodeLoads: [{ image: pinned, digest, nodes: [node('node1'), node('node2')] }],
    });
    expect(found).toMatchObject({ ok: true, steps: [{ names: [pinned] }, {}] });
  });

  test('with `Always` needs another policy as well, after it is there', () => {
    const task = taskOf([alone(usageOf({ pullPolicy: 'Always' }))], { policy: 'Always' });
    expect(nodeLoad.propose(task, facts)).toMatchObject({
      ok: true,
      steps: [
        { kind: 'node-load' },
        { kind: 'patch', needs: [0], changes: [{ before: 'Always', after: 'IfNotPresent' }] },
      ],
    });
  });

  test.each([
    [
      'somebody keeps',
      taskOf([alone(usageOf({ pullPolicy: 'Always' }))], { policy: 'Always', managers: [flux] }),
    ],
    ['admission gives to pods', taskOf([alone(usageOf({ pullPolicy: 'Always' }))])],
  ])('with an `Always` that %s is of no use', (_, task) => {
    expect(nodeLoad.propose(task, facts)).toMatchObject({ ok: false, reason: 'always-load' });
  });

  test.each<[string, Task, PlanFacts]>([
    [
      'nobody reaches its nodes',
      taskOf([alone(usageOf())]),
      { ...facts, nodeLoads: [{ image, digest, nodes: [node('node3')] }] },
    ],
    ['this machine cannot read it', taskOf([alone(usageOf())]), { nodesOf: facts.nodesOf ?? {} }],
    ['it stands in a text', taskOf([alone(usageOf({ within: { offset: 1, length: 2 } }))]), facts],
  ])('is left alone with its own reason when %s', (_, task, known) => {
    expect(nodeLoad.propose(task, known)).toMatchObject({ ok: false, reason: 'no-copy' });
  });

  test('does not delete pods that might come to a node without it, or in which something runs', () => {
    const partly = { ...facts, nodeLoads: [{ image, digest, nodes: [node('node1')] }] };
    expect(nodeLoad.propose(taskOf([alone(usageOf())]), partly)).toMatchObject({ ok: true, steps: [{}] });
    const half = { ref: web, running: ['sidecar'] };
    const task = taskOf([alone(usageOf())], { stuckPods: [half] as unknown as Workload['stuckPods'] });
    const found = nodeLoad.propose(task, facts);
    expect(found?.ok === true && found.steps.map(({ kind }) => kind)).toEqual(['node-load']);
  });
});

describe('an image of which a mirror has a copy', () => {
  const copied: Mend = {
    usage: usageOf(),
    replacement: { image, with: 'harbor.corp/a:1', mirror: 'harbor', platforms: [], identity: 'same' },
  };

  test('is not sent', () => {
    expect(nodeLoad.propose(taskOf([copied]), facts)).toBeUndefined();
  });

  test('is sent where somebody wrote the object over', () => {
    const reverted = new Set(['Deployment/shop/web']);
    expect(nodeLoad.propose(taskOf([copied]), { ...facts, reverted })).toMatchObject({ ok: true });
  });

  test('is written into the object beside one that must be sent', () => {
    const other = usageOf({ path: '/spec/template/spec/containers/0/image', name: 'web' });
    const task = taskOf([alone(usageOf()), { ...copied, usage: other }]);
    expect(nodeLoad.propose(task, facts)).toMatchObject({
      ok: true,
      steps: [{ kind: 'node-load' }, { kind: 'patch', needs: [0] }],
    });
  });
});

test('what one step sends costs the next nothing', () => {
  const found = nodeLoad.propose(taskOf([alone(usageOf())]), facts);
  const steps = found?.ok === true ? found.steps : [];
  const bytes = sentOnce([steps, steps]).map((list) =>
    list.flatMap((step: DraftStep) => ('source' in step ? step.nodes.map((one) => one.bytes) : [])),
  );
  expect(bytes).toEqual([
    [5, 5],
    [0, 0],
  ]);
});
