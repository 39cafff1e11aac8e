import { expect, test } from 'vitest';
import { pullProblem, type Correction, type JsonObject, type Workload } from '../../core/model/index.ts';
import { plan } from './index.ts';

const bad = 'quay.io/acme/app:bad';
const good = 'quay.io/acme/app:1';
const correction: Correction = { place: 'container', container: 'app', image: bad, template: good };

function workload(kind: string, name: string, spec: JsonObject, more: Partial<Workload> = {}): Workload {
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return {
    ref: { apiVersion, kind, namespace: 'shop', name, uid: `${name}-uid` },
    object: { apiVersion, kind, metadata: { namespace: 'shop', name }, spec },
    podSpecPath: kind === 'CronJob' ? '/spec/jobTemplate/spec/template/spec' : '/spec/template/spec',
    managers: [],
    stuckPods: [2, 10].map((n) => ({
      ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: `${name}-${n}` },
      images: { app: bad },
    })),
    jobs: [],
    serviceAccountSecrets: [],
    ...more,
  };
}

function template(image: string, more: JsonObject = {}): JsonObject {
  return { template: { spec: { containers: [{ name: 'app', image, ...more }] } } };
}

function planFor(...workloads: readonly Workload[]) {
  const diagnosis = { class: 'not-found', confidence: 'certain', mirrorHelps: 'no', evidence: '' } as const;
  const status = { diagnosis, others: [], failures: [], pods: 1, owners: [], nodes: [] };
  return plan({
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
    problems: [pullProblem('p', { image: bad, usages: [] }, status)],
    supplies: [],
    mirrors: { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [] },
    options: { allowUnverified: false },
  }).spec;
}

test.each(['StatefulSet', 'DaemonSet', 'ReplicaSet'])(
  '%s: the pods that are left go, the template stays',
  (kind) => {
    const argo = { by: 'argocd', name: 'shop', effect: 'reverts' } as const;
    const { steps } = planFor(
      workload(kind, 'db', template(good), { corrections: [correction], managers: [argo] }),
    );
    expect(steps).toMatchObject([
      {
        kind: 'replace-pods',
        pods: [{ name: 'db-10' }, { name: 'db-2' }],
        expect: [{ container: 'app', imageBefore: bad, imageAfter: good }],
      },
    ]);
  },
);

test('below the partition of a StatefulSet the pods would come back as they were', () => {
  const spec = { ...template(good), updateStrategy: { rollingUpdate: { partition: 3 } } };
  const { steps, unmended } = planFor(workload('StatefulSet', 'db', spec, { corrections: [correction] }));
  expect([steps, unmended]).toMatchObject([[], [{ reason: 'partition', image: bad }]]);
});

test.each([
  [true, 'paused'],
  [false, 'old-revision'],
])('a Deployment (paused: %s) makes the pods of before again', (paused, reason) => {
  const spec = { ...template(good), paused };
  const { steps, unmended } = planFor(workload('Deployment', 'web', spec, { corrections: [correction] }));
  expect([steps, unmended]).toMatchObject([[], [{ reason }]]);
});

test.each([
  ['only the image', {}],
  ['arguments too', { args: ['--new'] }],
])('the Job of a CronJob whose template was corrected (%s) is made anew as the CronJob says', (_, more) => {
  const job = workload(
    'Job',
    'clean-1',
    { ...template(bad), backoffLimit: 6, selector: {} },
    {
      corrections: [correction],
      stuckPods: [],
    },
  );
  const cron = workload('CronJob', 'clean', { jobTemplate: { spec: template(good, more) } }, { jobs: [job] });
  const { steps } = planFor(cron);
  expect(steps).toMatchObject([
    {
      kind: 'recreate',
      object: { kind: 'Job', name: 'clean-1' },
      before: { spec: template(bad) },
      after: { metadata: { name: 'clean-1' }, spec: template(good, more) },
      expect: [{ imageAfter: good }],
    },
  ]);
});

test('what is being deleted is left alone', () => {
  const deletion = { by: 'deletion', name: 'Namespace/shop', effect: 'reverts' } as const;
  const { steps, unmended } = planFor(
    workload('StatefulSet', 'db', template(good), { corrections: [correction], managers: [deletion] }),
  );
  expect([steps, unmended]).toMatchObject([[], [{ reason: 'terminating' }]]);
});
