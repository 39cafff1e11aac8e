import { describe, expect, test } from 'vitest';
import type { FieldChange, JsonObject, RepairPlan, Replacement, Step } from '../../core/model/index.ts';
import { vetPlan } from './vet.ts';

const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const expectation = {
  place: 'container',
  container: 'web',
  imageBefore: 'web:1',
  imageAfter: 'm/web:1',
} as const;
const containers = '/spec/template/spec/containers';
const image: FieldChange = { path: `${containers}/0/image`, before: 'web:1', after: 'm/web:1' };

function patchOf(...changes: readonly FieldChange[]): Step {
  return { id: 's1', kind: 'patch', object, needs: [], expect: [expectation], changes };
}

function vet(...steps: readonly Step[]): void {
  vetWith({}, ...steps);
}

function vetWith(more: Partial<Replacement>, ...steps: readonly Step[]): void {
  const plan: RepairPlan = {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: {
      replacements: [
        { image: 'web:1', with: 'm/web:1', mirror: 'm', platforms: [], identity: 'same', ...more },
      ],
      steps,
      unmended: [],
    },
  };
  vetPlan(plan, []);
}

function pod(container: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'one' },
    spec: { containers: [{ name: 'web', ...container }], ...more },
  };
}

function recreate(before: JsonObject, after: JsonObject): Step {
  const one = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'one' };
  return { id: 's1', kind: 'recreate', object: one, needs: [], expect: [expectation], before, after };
}

describe('a plan as pullmend makes it is carried out', () => {
  const cronJob = { ...object, apiVersion: 'batch/v1', kind: 'CronJob' };
  const inCronJob = { ...image, path: image.path.replace('/spec/', '/spec/jobTemplate/spec/') };
  test.each<[string, Step]>([
    ['an image', patchOf(image)],
    ['of a CronJob', { ...patchOf(inCronJob), object: cronJob } as Step],
    ['a policy', patchOf(image, { path: `${containers}/0/imagePullPolicy`, after: 'IfNotPresent' })],
    [
      'one more pull secret',
      patchOf(image, {
        path: '/spec/template/spec/imagePullSecrets',
        before: [{ name: 'own' }],
        after: [{ name: 'own' }, { name: 'pullmend-m' }],
      }),
    ],
    [
      'an image in an argument',
      patchOf({ path: `${containers}/0/args/3`, before: '--helper=web:1', after: '--helper=m/web:1' }),
    ],
    ['a pod made anew', recreate(pod({ image: 'web:1' }), pod({ image: 'm/web:1' }))],
    [
      'with a pull secret',
      recreate(
        pod({ image: 'web:1' }),
        pod({ image: 'm/web:1' }, { imagePullSecrets: [{ name: 'pullmend-m' }] }),
      ),
    ],
  ])('%s', (_, step) => {
    expect(() => vet(step)).not.toThrow();
  });
});

describe('what somebody wrote into a plan is refused', () => {
  test.each<[string, Step]>([
    ['another image', patchOf({ ...image, after: 'evil/web:1' })],
    ['a command', patchOf(image, { path: `${containers}/0/command`, after: ['sh', '-c', 'x'] })],
    ['an argument', patchOf({ path: `${containers}/0/args/0`, before: 'run', after: 'rm' })],
    ['no replicas', patchOf(image, { path: '/spec/replicas', before: 2, after: 0 })],
    ['a finalizer', patchOf(image, { path: '/metadata/finalizers', after: ['x/y'] })],
    ['the network of the node', patchOf(image, { path: '/spec/template/spec/hostNetwork', after: true })],
    ['a privilege', patchOf({ path: `${containers}/0/securityContext`, after: { privileged: true } })],
    ['an unknown policy', patchOf({ path: `${containers}/0/imagePullPolicy`, after: 'Never' })],
    [
      'a lost pull secret',
      patchOf({ path: '/spec/template/spec/imagePullSecrets', before: [{ name: 'own' }], after: [] }),
    ],
    ['a field of a Secret', { ...patchOf(image), object: { ...object, kind: 'Secret' } } as Step],
    [
      'a pod made anew with another command',
      recreate(pod({ image: 'web:1' }), pod({ image: 'm/web:1', command: ['sh'] })),
    ],
    [
      'a pod made anew on the network of its node',
      recreate(pod({ image: 'web:1' }), pod({ image: 'm/web:1' }, { hostNetwork: true })),
    ],
    [
      'another pod in its place',
      recreate(pod({}), { ...pod({}), metadata: { namespace: 'kube-system', name: 'one' } }),
    ],
    [
      'a namespace to delete',
      {
        id: 's1',
        kind: 'replace-pods',
        object,
        needs: [],
        expect: [],
        pods: [{ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }],
      },
    ],
    [
      'a copy elsewhere',
      {
        id: 's1',
        kind: 'copy-image',
        object: { apiVersion: 'v1', kind: 'Image', name: 'x' },
        needs: [],
        expect: [],
        source: 'web:1',
        target: 'evil/web:1',
        mirror: 'm',
        digest: `sha256:${'0'.repeat(64)}`,
      },
    ],
    [
      'a line of a file',
      {
        id: 's1',
        kind: 'edit-file',
        object: { apiVersion: 'v1', kind: 'File', name: 'a' },
        needs: [],
        expect: [],
        file: 'a',
        sha256: '',
        edits: [{ file: 'a', line: 1, column: 1, offset: 0, length: 1, before: 'x', after: 'root::0:0' }],
      },
    ],
    ['control characters', { ...patchOf(image), object: { ...object, name: 'web\u001B[2J' } } as Step],
    ['a name that reads backwards', { ...patchOf(image), object: { ...object, name: 'a\u202Eb' } } as Step],
    ['a need that comes later', { ...patchOf(image), needs: ['s1'] } as Step],
  ])('%s', (_, step) => {
    expect(() => vet(step)).toThrow(expect.objectContaining({ code: 'PM_PLAN_INVALID' }));
  });

  test('two steps of one name', () => {
    expect(() => vet(patchOf(image), patchOf(image))).toThrow(/s1/);
  });
});

const digest = `sha256:${'a'.repeat(64)}`;
test('a copy may be named by its tag, by the digest that was planned, and by no other', () => {
  const named = (after: string): Step => patchOf({ ...image, after });
  expect(() => vetWith({ digest }, named('m/web:1'))).not.toThrow();
  expect(() => vetWith({ digest }, named(`m/web:1@${digest}`))).not.toThrow();
  expect(() => vetWith({ digest }, named(`m/web:1@sha256:${'b'.repeat(64)}`))).toThrow(/s1/);
  expect(() => vetWith({ digest, with: `m/web@${digest}` }, named(`m/web@${digest}`))).not.toThrow();
});

describe('a source', () => {
  const shop = { apiVersion: 'x.example/v1', kind: 'Shop', namespace: 'shop', name: 'main' };
  const follower = { object, containers: ['web'], pods: [] };
  const source = (change: FieldChange, more: Partial<Extract<Step, { kind: 'patch' }>> = {}): Step => ({
    id: 's1',
    kind: 'patch',
    object: shop,
    needs: [],
    expect: [{ ...expectation, imageBefore: 'quay.io/acme/web:1', imageAfter: 'harbor.corp/x/acme/web:1' }],
    changes: [change],
    followers: [follower],
    ...more,
  });
  const judge = (step: Step) => vetWith({ with: 'harbor.corp/x/acme/web:1' }, step);
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    name: 'mesh',
  };

  test.each<[FieldChange]>([
    [{ path: '/spec/image', before: 'quay.io/acme/web:1', after: 'harbor.corp/x/acme/web:1' }],
    [{ path: '/spec/image', after: 'harbor.corp/x/acme/web:1' }],
    [{ path: '/spec/image/registry', before: 'quay.io', after: 'harbor.corp/x' }],
    [{ path: '/spec/image/repository', before: 'quay.io/acme/web', after: 'harbor.corp/x/acme/web' }],
  ])('may name an image of the plan, or a part of it: %j', (change) => {
    expect(() => judge(source(change))).not.toThrow();
  });

  test.each<[FieldChange]>([
    [{ path: '/spec/image', before: 'quay.io/acme/web:1', after: 'evil.corp/x/acme/web:1' }],
    [{ path: '/spec/image', after: 'evil.corp/web:1' }],
    [{ path: '/spec/image', before: 'other:1', after: 'harbor.corp/x/acme/web:1' }],
    [{ path: '/spec/replicas', before: 1, after: 0 }],
    [{ path: '/metadata/labels/x', before: 'quay.io/acme/web:1', after: 'harbor.corp/x/acme/web:1' }],
    [{ path: '/spec/image/repository', before: 'acme/we', after: 'x/acme/web' }],
  ])('may name nothing else: %j', (change) => {
    expect(() => judge(source(change))).toThrow(expect.objectContaining({ code: 'PM_PLAN_INVALID' }));
  });

  test.each([
    ['--web-image=harbor.corp/x/acme/web:1', true],
    ['--web-image=evil.corp/web:1', false],
    ['harbor.corp/x/acme/web:1', false],
  ])('may be a flag that comes: %s', (after, isLawful) => {
    const change = { path: `${containers}/0/args/3`, after };
    const vetted = () => judge(source(change, { object: { ...object, name: 'operator' } }));
    if (isLawful) expect(vetted).not.toThrow();
    else expect(vetted).toThrow(expect.objectContaining({ code: 'PM_PLAN_INVALID' }));
  });

  test('is one only for those who follow it', () => {
    const { followers: _, ...alone } = source({
      path: '/spec/image',
      before: 'quay.io/acme/web:1',
      after: 'harbor.corp/x/acme/web:1',
    }) as Extract<Step, { kind: 'patch' }>;
    expect(() => judge(alone)).toThrow(expect.objectContaining({ code: 'PM_PLAN_INVALID' }));
  });

  test('that is a policy changes in nothing but its image', () => {
    const path = '/spec/mutations/0/jsonPatch/expression';
    const before = 'image: "quay.io/acme/web:1"';
    const change = { path, before, after: 'image: "harbor.corp/x/acme/web:1"' };
    expect(() => judge(source(change, { object: policy }))).not.toThrow();
    const more = { ...change, after: `${change.after}, privileged: true` };
    expect(() => judge(source(more, { object: policy }))).toThrow(
      expect.objectContaining({ code: 'PM_PLAN_INVALID' }),
    );
  });

  test('deletes no pods of elsewhere', () => {
    const pods = [{ apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system', name: 'etcd' }];
    const change = { path: '/spec/image', before: 'quay.io/acme/web:1', after: 'harbor.corp/x/acme/web:1' };
    expect(() => judge(source(change, { followers: [{ ...follower, pods }] }))).toThrow(
      expect.objectContaining({ code: 'PM_PLAN_INVALID' }),
    );
  });
});
