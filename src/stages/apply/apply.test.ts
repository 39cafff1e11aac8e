import { afterEach, describe, expect, test } from 'vitest';
import {
  copyStep,
  deployment,
  editStep,
  imageOf,
  memoryFiles,
  memoryRecords,
  openShop,
  patchStep,
  planOf,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { Step } from '../../core/model/index.ts';
import type { StepTools } from '../../steps/index.ts';
import { apply, type ApplyEvent } from './index.ts';

const text = 'web:1 # ours';
const a = editStep('s1', 'a.yaml', text);
const b = editStep('s2', 'b.yaml', text);

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

type Given = { readonly dryRun?: boolean; readonly leaveOut?: readonly string[]; readonly log?: string[] };

async function run(
  steps: readonly Step[],
  tools: StepTools,
  { dryRun = false, leaveOut = [], log }: Given = {},
) {
  const records = memoryRecords(log);
  const events: ApplyEvent[] = [];
  const report = await apply(
    { plan: planOf(steps), dryRun, leaveOut: new Set(leaveOut), onEvent: (event) => void events.push(event) },
    {
      ...tools,
      records: records.store,
      whose: async () => await Promise.resolve({ user: 'ann', host: 'desk' }),
      now: () => '2026-01-02T00:00:00Z',
    },
  );
  const codes = Object.fromEntries(Object.entries(report.errors).map(([id, { code }]) => [id, code]));
  return { ...report, records, codes, told: events.map(({ type, step }) => `${step.id} ${type}`) };
}

describe('the record', () => {
  test('is whole before the first change', async () => {
    const log: string[] = [];
    const files = memoryFiles({ 'a.yaml': text, 'b.yaml': text });
    const tools: StepTools = {
      ...files.tools,
      files: {
        ...files.tools.files,
        write: async (path, content) => {
          log.push(`write ${path}`);
          await files.tools.files.write(path, content);
        },
      },
    };
    const { records, record } = await run([a, { ...b, needs: ['s1'] }], tools, { log });
    expect(log).toEqual(['create', 'write a.yaml', 's1 applied', 'write b.yaml', 's2 applied']);
    expect(records.created()).toMatchObject({
      kind: 'RepairRecord',
      metadata: { name: 'r-1', createdAt: '2026-01-02T00:00:00Z' },
      spec: { user: 'ann', host: 'desk' },
      status: {
        state: 'running',
        receipts: [
          { step: { id: 's1' }, state: 'intended' },
          { step: { id: 's2' }, state: 'intended' },
        ],
      },
    });
    expect(record?.status).toMatchObject({
      state: 'running',
      receipts: [{ state: 'applied' }, { state: 'applied' }],
    });
  });

  test('that cannot be written stops the run before the first change', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const { store } = memoryRecords();
    const refused = {
      ...store,
      create: async () =>
        await Promise.reject(
          new PullmendError('PM_CONFLICT', { object: 'r-1', reason: 'AlreadyExists', message: 'taken' }),
        ),
    };
    const whose = async () => await Promise.resolve({ user: 'ann', host: 'desk' });
    const made = apply(
      { plan: planOf([a]), dryRun: false, leaveOut: new Set(), onEvent: () => {} },
      { ...files.tools, records: refused, whose, now: () => '2026-01-02T00:00:00Z' },
    );
    await expect(made).rejects.toMatchObject({ code: 'PM_CONFLICT' });
    expect(files.written).toEqual([]);
  });

  test('names the cluster of the plan', async () => {
    const cluster = { context: 'lab', server: 'https://10.0.0.1', version: 'v1' };
    const records = memoryRecords();
    const whose = async () => await Promise.resolve({ user: 'ann', host: 'desk' });
    const files = memoryFiles({ 'a.yaml': text });
    await apply(
      { plan: planOf([a], { cluster }), dryRun: false, leaveOut: new Set(), onEvent: () => {} },
      { ...files.tools, records: records.store, whose, now: () => '2026-01-02T00:00:00Z' },
    );
    expect(records.created()?.spec).toEqual({ cluster, user: 'ann', host: 'desk' });
  });
});

test('a dry run writes neither files nor a record, and tells what would fail', async () => {
  const files = memoryFiles({ 'a.yaml': text, 'b.yaml': 'somebody else' });
  const { records, record, codes } = await run([a, b], files.tools, { dryRun: true });
  expect(files.written).toEqual([]);
  expect(records.log).toEqual([]);
  expect(record).toBeUndefined();
  expect(codes).toEqual({ s2: 'PM_FILE_CHANGED' });
});

test('a dry run on a cluster changes nothing there', async () => {
  shop = await openShop();
  shop.server.put(deployment('web:1'));
  const { codes } = await run([patchStep()], shop.tools, { dryRun: true });
  expect(codes).toEqual({});
  expect(shop.writes()).toEqual([]);
  expect(imageOf(shop.server.get('Deployment', 'shop', 'web'))).toBe('web:1');
});

describe('a step that fails', () => {
  const broken = editStep('s1', 'gone.yaml', text);

  test('does not stop those that do not need it', async () => {
    const files = memoryFiles({ 'b.yaml': text });
    const { codes, told, record } = await run([broken, b], files.tools);
    expect(codes).toEqual({ s1: 'PM_INTERNAL' });
    expect(files.text('b.yaml')).toBe('m/web:1 # ours');
    expect(told.toSorted()).toEqual([
      's1 step-failed',
      's1 step-started',
      's2 step-applied',
      's2 step-started',
    ]);
    expect(record?.status.receipts).toMatchObject([
      { state: 'failed', note: 'PM_INTERNAL' },
      { state: 'applied', at: '2026-01-02T00:00:00Z' },
    ]);
  });

  test('stops those that need it, and what needs those', async () => {
    const files = memoryFiles({ 'b.yaml': text, 'c.yaml': text });
    const c = editStep('s3', 'c.yaml', text, { needs: ['s2'] });
    const { codes, errors } = await run([broken, { ...b, needs: ['s1'] }, c], files.tools);
    expect(codes).toEqual({ s1: 'PM_INTERNAL', s2: 'PM_STEP_SKIPPED', s3: 'PM_STEP_SKIPPED' });
    expect(errors['s2']?.params).toMatchObject({ step: 's2', needs: 's1' });
    expect(errors['s1']?.params).toMatchObject({ message: 'gone.yaml is not there' });
    expect(files.written).toEqual([]);
  });

  test('on a cluster changed nothing, and the record says why', async () => {
    shop = await openShop();
    shop.server.put(deployment('web:1'));
    shop.server.deny({ verb: 'patch', resource: 'deployments' });
    const { record } = await run([patchStep()], shop.tools);
    expect(record?.status.receipts).toMatchObject([{ state: 'failed', note: 'PM_FORBIDDEN' }]);
    expect(shop.writes()).toEqual(['PATCH deployments/web']);
  });

  const object = 'Pod/shop/one';
  test.each([
    new PullmendError('PM_API_UNREACHABLE', { server: 's', reason: 'reset' }),
    new PullmendError('PM_REPLACEMENT_OPEN', { object }),
    new PullmendError('PM_NOT_GONE', { object, seconds: 60 }),
    new PullmendError('PM_OBJECT_LOST', { object, refused: 'a webhook', reason: 'quota' }),
  ])('with $code may have changed something: undo has to look', async (error) => {
    const copyImage = async () => await Promise.reject(error);
    const { record, codes } = await run([copyStep('s1')], { ...memoryFiles({}).tools, copyImage });
    expect(record?.status.receipts).toMatchObject([{ state: 'intended', note: error.code }]);
    expect(codes).toEqual({ s1: error.code });
  });
});

test('whoever is killed in the middle has left behind who owned the fields', async () => {
  shop = await openShop();
  const owner = {
    manager: 'kubectl',
    operation: 'Apply',
    fieldsV1: {
      'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } } } },
    },
  };
  shop.server.put(deployment('web:1', { managedFields: [owner] }, { readyReplicas: 2 }));
  shop.server.deny({ verb: 'patch', resource: 'deployments' });
  const { records } = await run([patchStep()], shop.tools);
  expect(records.created()?.status.receipts).toMatchObject([
    { state: 'intended', ready: 2, managers: [{ manager: 'kubectl', operation: 'Apply' }] },
  ]);
});

test('a step that was left out is neither done nor recorded, and what needs it is not done', async () => {
  const files = memoryFiles({ 'a.yaml': text, 'b.yaml': text });
  const { codes, records } = await run([a, { ...b, needs: ['s1'] }], files.tools, { leaveOut: ['s1'] });
  expect(codes).toEqual({ s2: 'PM_STEP_SKIPPED' });
  expect(records.created()?.status.receipts.map(({ step }) => step.id)).toEqual(['s2']);
  expect(files.written).toEqual([]);
});

test('an abort stops before the next step, which the record keeps as intended', async () => {
  const files = memoryFiles({ 'b.yaml': text });
  const stop = new AbortController();
  const copyImage = async () => {
    stop.abort();
    await Promise.resolve();
  };
  const { record, codes } = await run([copyStep('s1'), b], {
    ...files.tools,
    copyImage,
    signal: stop.signal,
  });
  expect(files.written).toEqual([]);
  expect(record?.status.receipts).toMatchObject([{ state: 'applied' }, { state: 'intended' }]);
  expect(codes).toEqual({});
});

test('files are written side by side, and one after another where one needs the other', async () => {
  const files = memoryFiles({ 'a.yaml': text, 'b.yaml': text });
  let open = 0;
  let most = 0;
  const tools: StepTools = {
    ...files.tools,
    files: {
      ...files.tools.files,
      write: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => void setImmediate(resolve));
        open -= 1;
      },
    },
  };
  await run([a, b], tools);
  expect(most).toBe(2);
  most = 0;
  await run([a, { ...b, needs: ['s1'] }], tools);
  expect(most).toBe(1);
  most = 0;
  await run([a, { ...b, file: 'a.yaml' }, editStep('s3', 'b.yaml', text, { needs: ['s1'] })], tools);
  expect(most).toBe(1);
});

describe('what a write has to pass', () => {
  const gate = patchStep();
  const behind = { ...a, id: 's2', follows: ['s1'] };

  /** The webhook's pods run from the look of this number on. */
  async function runBehind(proves: boolean) {
    shop = await openShop();
    shop.server.put(deployment('web:1', {}, { replicas: 1, readyReplicas: 0 }));
    const files = memoryFiles({ 'a.yaml': text });
    let looks = 0;
    const list: StepTools['list'] = async () => {
      looks += 1;
      if (proves && looks < 2) return await Promise.resolve([]);
      shop?.server.put(deployment('web:2', {}, { replicas: 1 }));
      return await Promise.resolve([]);
    };
    const done = await run([gate, behind], { ...shop.tools, files: files.tools.files, list });
    return { ...done, looks, text: files.text('a.yaml') };
  }

  test('is looked at before the write, and one that cannot be proved any more keeps nothing back', async () => {
    const { looks, text: written, told } = await runBehind(true);
    expect(looks).toBeGreaterThan(0);
    expect(told.slice(-2)).toEqual(['s2 step-started', 's2 step-applied']);
    expect(written).not.toBe(text);
  });

  test('is not waited for when it failed, nor in a trial', async () => {
    shop = await openShop();
    const files = memoryFiles({ 'a.yaml': text });
    let looks = 0;
    const tools: StepTools = {
      ...shop.tools,
      files: files.tools.files,
      list: async () => {
        looks += 1;
        return await Promise.resolve([]);
      },
    };
    const { codes } = await run([gate, behind], tools);
    expect([codes['s1'] === undefined, codes['s2'], looks]).toEqual([false, undefined, 0]);
    shop.server.put(deployment('web:1'));
    await run([gate, { ...b, id: 's2', follows: ['s1'] }], tools, { dryRun: true });
    expect(looks).toBe(0);
  });
});
