import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectKube, kubeRecordStore, type Kube } from '../src/adapters/kube/index.ts';
import type {
  JsonObject,
  PatchStep,
  PullSecretStep,
  RecordStore,
  RecreateStep,
  RepairPlan,
  Step,
} from '../src/core/model/index.ts';
import { apply, type ApplyDeps } from '../src/stages/apply/index.ts';
import { undo } from '../src/stages/undo/index.ts';
import { startApiServer, writeKubeconfig, type ApiServer } from './support/apiserver.ts';
import { stepTools } from './support/step-tools.ts';

let server: ApiServer;
let folder: string;
let kube: Kube;
let records: RecordStore;
let deps: ApplyDeps;

beforeEach(async () => {
  server = await startApiServer();
  folder = await mkdtemp(join(tmpdir(), 'run-'));
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, server), env: {} });
  records = kubeRecordStore(kube, (labelSelector) => kube.list('ConfigMap', { labelSelector }));
  deps = {
    ...stepTools({
      api: kube,
      list: async (kind, where) => await kube.list(kind, where),
      dockerConfigJson: () => Promise.resolve('{"auths":{}}'),
    }),
    records,
    whose: () => kube.whoAmI(),
    now: () => '2026-01-01T00:00:00Z',
  };
});

afterEach(async () => {
  await kube.close();
  await server.close();
  await rm(folder, { recursive: true });
});

function deployment(image = 'web:1'): JsonObject {
  const [stored] = server.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
  });
  if (stored === undefined) throw new Error('not stored');
  return stored;
}

function uidOf(object: JsonObject): string {
  return String((object.metadata as JsonObject).uid);
}

function patchStep(object: JsonObject): PatchStep {
  return {
    id: 's1',
    kind: 'patch',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: uidOf(object) },
    needs: [],
    expect: [],
    changes: [
      {
        path: '/spec/template/spec/containers/0/image',
        before: 'web:1',
        after: 'm/web:1',
        guard: { path: '/spec/template/spec/containers/0/name', value: 'c' },
      },
      { path: '/spec/template/spec/imagePullSecrets', after: [{ name: 'pullmend-m' }] },
    ],
  };
}

function job(): RecreateStep {
  const manifest = (image: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { namespace: 'shop', name: 'load' },
    spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
  });
  const [stored] = server.put(manifest('web:1'));
  if (stored === undefined) throw new Error('not stored');
  return {
    id: 's1',
    kind: 'recreate',
    object: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'load', uid: uidOf(stored) },
    needs: [],
    expect: [],
    before: manifest('web:1'),
    after: manifest('m/web:1'),
  };
}

function planOf(...steps: readonly Step[]): RepairPlan {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: { replacements: [], steps, unmended: [] },
  };
}

async function run(plan: RepairPlan, dryRun = false) {
  return await apply({ plan, dryRun, leaveOut: new Set(), onEvent: () => {} }, deps);
}

async function undoRun() {
  const record = await records.load('r-1');
  if (record === undefined) throw new Error('no record');
  return await undo(record, deps, { dryRun: false });
}

function spec(kind: string, name: string): unknown {
  return server.get(kind, 'shop', name)?.spec;
}

const containers = (image: string) => ({ template: { spec: { containers: [{ name: 'c', image }] } } });

describe('patch', () => {
  test('changes the fields, records them first, and undo brings the exact spec back', async () => {
    const object = deployment();
    const writes: string[] = [];
    server.onWrite((write) => void writes.push(`${write.verb} ${write.kind}`));
    const { errors } = await run(planOf(patchStep(object)));
    expect(errors).toEqual({});
    expect(writes.slice(0, 2)).toEqual(['create ConfigMap', 'patch Deployment']);
    expect(spec('Deployment', 'web')).toEqual({
      template: {
        spec: { containers: [{ name: 'c', image: 'm/web:1' }], imagePullSecrets: [{ name: 'pullmend-m' }] },
      },
    });
    expect((await undoRun()).map((o) => o.outcome)).toEqual(['restored', 'restored']);
    expect(spec('Deployment', 'web')).toEqual(containers('web:1'));
    expect(await records.load('r-1')).toMatchObject({
      spec: { user: 'system:serviceaccount:shop:tester', host: hostname() },
      status: { state: 'undone' },
    });
  });

  test('a second time nothing is written', async () => {
    const step = patchStep(deployment());
    await run(planOf(step));
    const version = server.get('Deployment', 'shop', 'web')?.metadata;
    const again = await apply(
      {
        plan: { ...planOf(step), metadata: { name: 'r-2', createdAt: '' } },
        dryRun: false,
        leaveOut: new Set(),
        onEvent: () => {},
      },
      deps,
    );
    expect(again.errors).toEqual({});
    expect(server.get('Deployment', 'shop', 'web')?.metadata).toEqual(version);
  });

  test('an object that was changed or replaced after the plan is left alone', async () => {
    const step = patchStep(deployment());
    deployment('web:2');
    expect((await run(planOf(step))).errors.s1?.code).toMatch(/PM_(CHANGED|REPLACED)_SINCE_PLAN/);
    expect(spec('Deployment', 'web')).toEqual(containers('web:2'));
  });

  test("undo leaves a person's later edit and restores the rest", async () => {
    const step = patchStep(deployment());
    await run(planOf(step));
    const value = 'mine:3';
    await kube.patch(step.object, [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value }]);
    const outcomes = await undoRun();
    expect(outcomes).toMatchObject([
      { outcome: 'changed-since', path: '/spec/template/spec/containers/0/image', detail: '"mine:3"' },
      { outcome: 'restored', path: '/spec/template/spec/imagePullSecrets' },
    ]);
    expect(spec('Deployment', 'web')).toEqual(containers('mine:3'));
  });

  test('a controller that writes in between costs another try, not the change', async () => {
    const step = patchStep(deployment());
    let bumps = 3;
    server.intercept((request) => {
      if (request.method !== 'PATCH' || !request.path.includes('deployments') || bumps-- <= 0)
        return undefined;
      const object = server.get('Deployment', 'shop', 'web');
      if (object !== undefined) server.put({ ...object, status: { bump: bumps } });
      return undefined;
    });
    expect((await run(planOf(step))).errors).toEqual({});
    expect(JSON.stringify(spec('Deployment', 'web'))).toContain('m/web:1');
  });

  test('a dry run asks the server about every write and changes nothing', async () => {
    const object = deployment();
    const { record, errors } = await run(planOf(patchStep(object)), true);
    expect({ record, errors }).toEqual({ record: undefined, errors: {} });
    expect(server.get('Deployment', 'shop', 'web')).toEqual(object);
    expect(server.all('ConfigMap')).toEqual([]);
    expect(
      server.requests.some(({ method, path }) => method === 'PATCH' && path.includes('deployments')),
    ).toBe(true);
  });
});

describe('recreate', () => {
  test('the Job is created anew and carries the run; undo brings the old one back', async () => {
    await run(planOf(job()));
    expect(spec('Job', 'load')).toEqual(containers('m/web:1'));
    expect(server.get('Job', 'shop', 'load')).toMatchObject({
      metadata: { annotations: { 'pullmend.dev/run': 'r-1' } },
    });
    expect(await undoRun()).toMatchObject([{ outcome: 'restored' }]);
    expect(spec('Job', 'load')).toEqual(containers('web:1'));
    expect(JSON.stringify(server.get('Job', 'shop', 'load'))).not.toContain('pullmend.dev');
  });

  test('when the API server refuses the new one, the old one is put back', async () => {
    const step = job();
    server.intercept((request) =>
      request.method === 'POST' &&
      request.path.endsWith('/jobs') &&
      JSON.stringify(request.body).includes('m/web:1')
        ? {
            status: 403,
            body: { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message: 'quota' },
          }
        : undefined,
    );
    const { errors } = await run(planOf(step));
    expect(Object.keys(errors)).toEqual(['s1']);
    expect(spec('Job', 'load')).toEqual(containers('web:1'));
  });

  test('a run that was killed between deleting and creating is mended by undo', async () => {
    const step = job();
    const at = '2026-01-01T00:00:00Z';
    await records.create({
      apiVersion: 'pullmend.dev/v1alpha1',
      kind: 'RepairRecord',
      metadata: { name: 'r-1', createdAt: at },
      spec: {},
      status: { state: 'running', receipts: [{ step, state: 'intended', at }] },
    });
    server.remove('Job', 'shop', 'load');
    expect(await undoRun()).toMatchObject([{ outcome: 'restored' }]);
    expect(spec('Job', 'load')).toEqual(containers('web:1'));
  });

  test('an undo that was interrupted between deleting and creating is ended by the next', async () => {
    await run(planOf(job()));
    const stop = new AbortController();
    server.onWrite(({ verb, kind }) => {
      if (verb === 'delete' && kind === 'Job') stop.abort();
    });
    server.script({ method: 'POST', path: /\/jobs$/, dryRun: false, reply: 'hang' });
    const signal = deps.signal;
    deps = { ...deps, signal: stop.signal };
    expect(await undoRun()).toMatchObject([{ outcome: 'failed' }]);
    expect(server.all('Job')).toEqual([]);
    deps = { ...deps, signal };
    expect(await undoRun()).toMatchObject([{ outcome: 'restored' }]);
    expect(spec('Job', 'load')).toEqual(containers('web:1'));
  });

  test('undo waits for an object that is still being deleted, and makes it anew', async () => {
    const step = job();
    const object = server.get('Job', 'shop', 'load');
    server.put({
      ...object,
      metadata: { ...(object?.metadata as JsonObject), finalizers: ['example.com/hold'] },
    });
    const at = '2026-01-01T00:00:00Z';
    await records.create({
      apiVersion: 'pullmend.dev/v1alpha1',
      kind: 'RepairRecord',
      metadata: { name: 'r-1', createdAt: at },
      spec: {},
      status: { state: 'running', receipts: [{ step, state: 'intended', at }] },
    });
    await kube.delete(step.object);
    let looks = 0;
    server.intercept(({ method, path }) => {
      if (method !== 'GET' || !path.endsWith('/jobs/load') || ++looks < 3) return undefined;
      const held = server.get('Job', 'shop', 'load');
      if (held !== undefined)
        server.put({ ...held, metadata: { ...(held.metadata as JsonObject), finalizers: [] } });
      return undefined;
    });
    expect(await undoRun()).toMatchObject([{ outcome: 'restored' }]);
    expect(spec('Job', 'load')).toEqual(containers('web:1'));
    expect((await records.load('r-1'))?.status.state).toBe('undone');
  });

  test('a Job that has completed since is not thrown away', async () => {
    await run(planOf(job()));
    const created = server.get('Job', 'shop', 'load');
    if (created !== undefined)
      server.put({ ...created, status: { conditions: [{ type: 'Complete', status: 'True' }] } });
    expect(await undoRun()).toMatchObject([{ outcome: 'completed' }]);
    expect(spec('Job', 'load')).toEqual(containers('m/web:1'));
  });
});

describe('pull secrets', () => {
  const secret: PullSecretStep = {
    id: 's1',
    kind: 'pull-secret',
    object: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'pullmend-m' },
    needs: [],
    expect: [],
    mirror: 'm',
    host: 'm',
    source: { from: 'docker-config' },
  };

  test('the secret is made before the workload and goes with undo; the record does not hold it', async () => {
    deps = { ...deps, dockerConfigJson: () => Promise.resolve('{"auths":{"m":{"password":"hunter2"}}}') };
    await run(planOf(secret, { ...patchStep(deployment()), id: 's2', needs: ['s1'] }));
    expect(server.all('Secret')).toHaveLength(1);
    expect(JSON.stringify(server.all('ConfigMap'))).not.toContain('hunter2');
    await undoRun();
    expect(server.all('Secret')).toEqual([]);
  });

  test('a secret of the same name that somebody else made stops what needs it', async () => {
    server.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name: 'pullmend-m' },
      data: {},
    });
    const { errors } = await run(planOf(secret, { ...patchStep(deployment()), id: 's2', needs: ['s1'] }));
    expect([errors.s1?.code, errors.s2?.code]).toEqual(['PM_SECRET_NAME_TAKEN', 'PM_STEP_SKIPPED']);
    expect(spec('Deployment', 'web')).toEqual(containers('web:1'));
  });
});

test('a record over a megabyte is kept in parts and joined again', async () => {
  const pad = 'x'.repeat(300_000);
  const steps = ['s1', 's2', 's3', 's4', 's5'].map((id) => ({ ...job(), id, before: { pad }, after: {} }));
  const at = '2026-01-01T00:00:00Z';
  await records.create({
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name: 'r-9', createdAt: at },
    spec: {},
    status: { state: 'running', receipts: steps.map((step) => ({ step, state: 'intended', at })) },
  });
  expect(server.all('ConfigMap').length).toBeGreaterThan(1);
  await records.setReceipt('r-9', { step: steps[4] as RecreateStep, state: 'applied', at });
  const states = (await records.load('r-9'))?.status.receipts.map((receipt) => receipt.state);
  expect(states).toEqual(['intended', 'intended', 'intended', 'intended', 'applied']);
});
