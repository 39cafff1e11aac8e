import { describe, expect, test } from 'vitest';
import type { Manager, Replacement, Usage, Workload } from '../../../core/model/index.ts';
import type { ReleaseFact } from '../facts.ts';
import { finishing, helmValues, oncePerRelease, whyNotByValues } from './helm-values.ts';
import type { Task } from './remedy.ts';

const release = { apiVersion: 'helm.sh/v3', kind: 'Release', namespace: 'shop', name: 'shop' };
const refOf = (kind: string, name: string) => ({ apiVersion: 'apps/v1', kind, namespace: 'shop', name });
const web = refOf('Deployment', 'web');
const path = '/spec/template/spec/containers/0/image';
const replacement: Replacement = {
  image: 'docker.io/library/web:1',
  with: 'm/web:1',
  mirror: 'm',
  platforms: [],
  identity: 'same',
};

function taskOf(ref = web, more: Partial<Task> = {}, managers: readonly Manager[] = []): Task {
  const pod = { ref: { ...ref, kind: 'Pod', name: `${ref.name}-0` } };
  const usage = { object: ref, path, place: 'container', name: 'c', image: 'web:1' } as unknown as Usage;
  const workload = { ref, object: {}, managers, stuckPods: [pod], jobs: [] } as unknown as Workload;
  return { workload, mends: [{ usage, replacement }], changes: [{ path, after: 'm/web:1' }], ...more };
}

function factOf(...owners: readonly (typeof web)[]): ReleaseFact {
  const changes = owners.map((object) => ({ object, path, before: 'web:1', after: 'm/web:1' }));
  const step = {
    kind: 'helm-upgrade' as const,
    object: release,
    revision: 1,
    driver: 'secret' as const,
    chart: { from: 'release' as const },
    override: { image: 'm/web:1' },
    changes,
    resources: [],
  };
  return { owners, upgrade: { ok: true, step } };
}

const propose = (task: Task, ...releases: readonly ReleaseFact[]) => helmValues.propose(task, { releases });

describe('a workload of a release', () => {
  test('is mended by the values of its release, which its pods prove', () => {
    expect(propose(taskOf(), factOf(web))).toMatchObject({
      ok: true,
      steps: [{ kind: 'helm-upgrade', object: release, workloads: [{ object: web }] }],
    });
  });

  test('whose controller keeps stuck pods gets them deleted after it', () => {
    const db = refOf('StatefulSet', 'db');
    expect(propose(taskOf(db), factOf(db))).toMatchObject({
      steps: [{ kind: 'helm-upgrade' }, { kind: 'replace-pods', object: db, needs: [0] }],
    });
  });

  test.each<[string, Task, readonly ReleaseFact[]]>([
    ['nothing is known of it', taskOf(), []],
    [
      'Flux upgrades it',
      taskOf(web, {}, [{ by: 'flux', kind: 'HelmRelease', name: 'shop', effect: 'overwrites' }]),
      [factOf(web)],
    ],
    ['it is of no release', taskOf(), [factOf(refOf('Deployment', 'api'))]],
    ['somebody keeps it', taskOf(web, {}, [{ by: 'flux', effect: 'reverts' }]), [factOf(web)]],
    [
      'no value moves its image',
      taskOf(web, {
        mends: taskOf().mends.map(({ usage }) => ({
          usage,
          replacement: { ...replacement, with: 'n/web:1' },
        })),
      }),
      [factOf(web)],
    ],
    [
      'the mirror wants a login',
      taskOf(web, { changes: [{ path: '/spec/template/spec/imagePullSecrets', after: [] }] }),
      [factOf(web)],
    ],
  ])('is not when %s', (_, task, facts) => expect(propose(task, ...facts)).toBeUndefined());
});

test('why it is not is told with the values that the next upgrade needs', () => {
  const why = (task: Task, fact: ReleaseFact) => whyNotByValues(task, { releases: [fact] });
  const override = { image: 'm/web:1' };
  const login = taskOf(web, { changes: [{ path: '/spec/template/spec/imagePullSecrets', after: [] }] });
  expect(why(login, factOf(web))).toMatchObject({ why: 'login', override });
  const refusal = { why: 'edited', detail: 'x', override } as const;
  expect(why(taskOf(), { owners: [web], upgrade: { ok: false, refusal } })).toEqual(refusal);
  expect(why(taskOf(), factOf(web))).toBeUndefined();
  expect(whyNotByValues(taskOf(), {})).toBeUndefined();
});

test('a release is upgraded once, for all its workloads', () => {
  const db = refOf('StatefulSet', 'db');
  const fact = factOf(web, db);
  const all = [taskOf(), taskOf(db)].map((task) => {
    const proposal = propose(task, fact);
    return proposal?.ok === true ? proposal.steps : [];
  });
  const patch = [{ kind: 'patch', object: web, needs: [], expect: [], changes: [] }] as const;
  const once = oncePerRelease([...all, patch]);
  expect(once.map((steps) => steps.map(({ kind }) => kind))).toEqual([
    ['helm-upgrade', 'replace-pods'],
    ['patch'],
  ]);
  expect(once[0]?.[0]).toMatchObject({
    workloads: [{ object: web }, { object: db }],
    expect: [{ container: 'c' }],
  });
});

describe('a release that waits', () => {
  const waits = (...owners: readonly (typeof web)[]): ReleaseFact => {
    const fact = factOf(...owners);
    if (!fact.upgrade.ok) return fact;
    return { ...fact, upgrade: { ok: true, step: { ...fact.upgrade.step, unfinished: 'pending-install' } } };
  };
  const patch = (object: typeof web) =>
    ({ kind: 'patch', object, needs: [], expect: [], changes: [] }) as const;
  const replace = (object: typeof web) =>
    ({ kind: 'replace-pods', object, needs: [0], expect: [], pods: [] }) as const;

  test('comes after its objects, once for all of them', () => {
    const db = refOf('StatefulSet', 'db');
    const fact = waits(web, db);
    expect(propose(taskOf(), fact)).toBeUndefined();
    const lists = [
      { task: taskOf(), steps: [patch(web)] },
      { task: taskOf(db), steps: [patch(db), replace(db)] },
    ].map(({ task, steps }) => [...steps, ...finishing(task, { releases: [fact] }, steps)]);
    const [all = [], ...others] = oncePerRelease(lists);
    expect(others).toEqual([]);
    expect(all.map(({ kind, needs }) => [kind, needs])).toEqual([
      ['patch', []],
      ['patch', []],
      ['replace-pods', [1]],
      ['helm-upgrade', [0, 1, 2]],
    ]);
    expect(all.at(-1)).toMatchObject({ workloads: [{ object: web }, { object: db }], remedy: 'helm-values' });
  });

  test('is left where its values do not give what was patched', () => {
    const login = taskOf(web, { changes: [{ path: '/spec/template/spec/imagePullSecrets', after: [] }] });
    expect(finishing(login, { releases: [waits(web)] }, [])).toEqual([]);
    expect(finishing(taskOf(), { releases: [factOf(web)] }, [])).toEqual([]);
  });
});
