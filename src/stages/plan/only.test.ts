import { expect, test } from 'vitest';
import {
  parseSelection,
  pullProblem,
  type ObjectRef,
  type PullProblem,
  type Usage,
  type Workload,
} from '../../core/model/index.ts';
import { narrowed, withLeft, type PlanInput } from './index.ts';

const web = object('Deployment', 'shop', 'web');
const api = object('Deployment', 'bank', 'api');

function object(kind: string, namespace: string, name: string): ObjectRef {
  return { apiVersion: 'apps/v1', kind, namespace, name };
}

function problem(image: string, objects: readonly ObjectRef[]): PullProblem {
  const usages = objects.map((one): Usage => {
    return { image, reference: image, place: 'container', name: 'c', object: one, path: '/spec/image' };
  });
  return pullProblem(
    image,
    { image, usages },
    {
      diagnosis: { class: 'dns', confidence: 'certain', mirrorHelps: 'yes', evidence: '' },
      others: [],
      failures: [],
      pods: 1,
      owners: [],
      nodes: ['n1'],
    },
  );
}

function input(problems: readonly PullProblem[], workloads: readonly Workload[] = []): PlanInput {
  return {
    name: 'r-1',
    createdAt: '2026-01-01T00:00:00Z',
    inventory: {
      nodes: 1,
      usages: [],
      failures: [],
      workloads,
      files: [],
      platforms: [],
      knownDigests: {},
    },
    problems,
    supplies: [],
    mirrors: { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [] },
    options: { allowUnverified: false },
  };
}

function only(...texts: readonly string[]) {
  return texts.flatMap((text) => parseSelection(text) ?? []);
}

test('of an image in two namespaces one is planned for, and the other is said', () => {
  const image = 'docker.io/library/nginx:1';
  const { input: chosen, left } = narrowed(input([problem(image, [web, api])]), only('namespace=shop'));
  expect(chosen.problems.map(({ spec }) => spec.usages.map((usage) => usage.object.name))).toEqual([['web']]);
  expect(left).toMatchObject([{ image, object: api, reason: 'not-selected' }]);
});

test('an image that was not asked for is in no problem of the plan', () => {
  const other = problem('quay.io/acme/app:2', [api]);
  const { input: chosen, left } = narrowed(
    input([problem('docker.io/library/nginx:1', [web]), other]),
    only('image=nginx'),
  );
  expect(chosen.problems.map(({ spec }) => spec.image)).toEqual(['docker.io/library/nginx:1']);
  expect(left.map(({ image }) => image)).toEqual(['quay.io/acme/app:2']);
});

test('a pause image, which no object names, is chosen by its name or its node', () => {
  const pause = problem('registry.k8s.io/pause:3.9', []);
  expect(narrowed(input([pause]), only('image=*pause*')).input.problems).toHaveLength(1);
  expect(narrowed(input([pause]), only('kind=node/n1')).input.problems).toHaveLength(1);
  const { input: chosen, left } = narrowed(input([pause]), only('kind=deployment'));
  expect([chosen.problems, left.length]).toEqual([[], 1]);
});

test('pods that hang with an image that was put right already are chosen too', () => {
  const workload: Workload = {
    ref: web,
    object: {},
    podSpecPath: '/spec',
    managers: [],
    stuckPods: [],
    corrections: [{ place: 'container', container: 'c', image: 'nginx:1', template: 'nginx:2' }],
    jobs: [],
    serviceAccountSecrets: [],
  };
  const of = (...texts: readonly string[]) =>
    narrowed(input([], [workload]), only(...texts)).input.inventory.workloads[0]?.corrections?.length;
  expect([of('image=nginx'), of('image=redis'), of('namespace=bank')]).toEqual([1, undefined, undefined]);
});

test('without --only nothing is left out', () => {
  const given = input([problem('docker.io/library/nginx:1', [web, api])]);
  expect(narrowed(given, [])).toEqual({ input: given, left: [] });
});

test('what is left out stands in the plan beside what could not be done', () => {
  const { left } = narrowed(input([problem('docker.io/library/nginx:1', [web])]), only('image=redis'));
  const plan = {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: { replacements: [], steps: [], unmended: [] },
  } as const;
  expect(withLeft(plan, left).spec.unmended).toEqual(left);
});
