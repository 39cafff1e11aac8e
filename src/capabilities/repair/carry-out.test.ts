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
import type { ApplyOptions, MendEvent, Step } from '../../core/model/index.ts';
import type { StepTools } from '../../steps/index.ts';
import { carryOut, nothingToDo } from './carry-out.ts';

const text = 'web:1 # ours';
const a = editStep('s1', 'a.yaml', text);
const b = editStep('s2', 'b.yaml', text, {
  expect: [{ place: 'container', container: 'web', imageBefore: 'web:1', imageAfter: 'm/other:1' }],
});
const both = { 'a.yaml': text, 'b.yaml': text };

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

type Given = Partial<ApplyOptions> & { readonly dryRun?: boolean };

async function run(steps: readonly Step[], tools: StepTools, given: Given = {}) {
  const records = memoryRecords();
  const events: MendEvent[] = [];
  const copied: string[] = [];
  const prepared: { steps: string[]; dryRun: boolean }[] = [];
  const options = {
    timeoutSeconds: 0,
    keep: false,
    confirm: async () => await Promise.resolve(true),
    confirmLoss: async () => await Promise.resolve(true),
    dryRun: false,
    ...given,
  };
  const result = carryOut(planOf(steps), options, {
    ...tools,
    records: records.store,
    whose: async () => await Promise.resolve({ user: 'ann', host: 'desk' }),
    now: () => '2026-01-02T00:00:00Z',
    onEvent: (event) => void events.push(event),
    startCopies: (copies, { dryRun }) => {
      prepared.push({ steps: copies.map(({ id }) => id), dryRun });
      return async ({ id }) => {
        copied.push(id);
        await Promise.resolve();
      };
    },
  });
  return { result: await result, records, events, copied, prepared };
}

/** A registry that holds these images and no others. */
function holding(tools: StepTools, ...images: readonly string[]): StepTools {
  const readImage = async (image: string) =>
    images.includes(image)
      ? await Promise.resolve()
      : await Promise.reject(new Error(`${image} is not there`));
  return { ...tools, readImage };
}

describe('what was proved', () => {
  test('stays, and the run is verified', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const { result, records, events } = await run([a], files.tools);
    expect(result).toMatchObject({
      outcome: 'applied',
      verdicts: [{ step: 's1', result: 'proved' }],
      rolledBack: [],
      errors: {},
      record: { metadata: { name: 'r-1' }, status: { state: 'verified', receipts: [{ state: 'applied' }] } },
    });
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
    expect(records.state()).toBe('verified');
    expect(events.map(({ type }) => type)).toEqual(['step-started', 'step-applied', 'verifying', 'verdict']);
    expect(events.at(2)).toMatchObject({ step: { id: 's1' }, proved: 1, expected: 1, others: [] });
  });
});

describe('what was not proved', () => {
  test('is rolled back', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const { result, records, events } = await run([a], holding(files.tools));
    expect(files.text('a.yaml')).toBe(text);
    expect(result).toMatchObject({ rolledBack: ['s1'], verdicts: [{ result: 'failing' }] });
    expect(records.log).toEqual(['create', 's1 applied', 's1 undone', 'state rolled-back']);
    expect(events.at(-1)).toMatchObject({
      type: 'rolled-back',
      step: { id: 's1' },
      outcomes: [{ outcome: 'restored' }],
    });
  });

  test('alone is rolled back: what helped stays', async () => {
    const files = memoryFiles(both);
    const { result, records } = await run([a, b], holding(files.tools, 'm/web:1'));
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
    expect(files.text('b.yaml')).toBe(text);
    expect(result).toMatchObject({ rolledBack: ['s2'] });
    expect(records.state()).toBe('partly-verified');
  });

  test('stays when the user keeps it', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const { result, records } = await run([a], holding(files.tools), { keep: true });
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
    expect(result).toMatchObject({ rolledBack: [] });
    expect(records.state()).toBe('kept');
  });

  test('stays when it made something better than it was', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const two = { ...a, expect: [...a.expect, ...b.expect] };
    const { result, records } = await run([two], holding(files.tools, 'm/web:1'));
    expect(result).toMatchObject({
      rolledBack: [],
      verdicts: [{ result: 'failing', proved: 1, expected: 2 }],
    });
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
    expect(records.state()).toBe('partly-verified');
  });
});

describe('a Deployment that does not start', () => {
  const web = () => shop?.server.get('Deployment', 'shop', 'web');

  test('has its old image again', async () => {
    shop = await openShop();
    shop.server.put(deployment('web:1'));
    const { result, records } = await run([patchStep()], shop.tools);
    expect(imageOf(web())).toBe('web:1');
    expect(result).toMatchObject({ rolledBack: ['s1'], verdicts: [{ result: 'failing' }] });
    expect(records.state()).toBe('rolled-back');
  });

  test('whose pods ran before, in the old image, is rolled back when fewer run', async () => {
    shop = await openShop();
    shop.server.put(deployment('web:1', {}, { readyReplicas: 2 }));
    expect((await run([patchStep()], shop.tools)).result).toMatchObject({ rolledBack: ['s1'] });
  });

  test('is compared with what it was itself, not with what others were', async () => {
    shop = await openShop();
    shop.server.put(deployment('web:1', {}, { readyReplicas: 2 }));
    const files = memoryFiles({ 'a.yaml': text });
    const first = { ...a, id: 's0', expect: [...a.expect, ...b.expect] };
    const tools = { ...holding(shop.tools, 'm/web:1'), files: files.tools.files };
    expect((await run([patchStep(), first], tools)).result).toMatchObject({ rolledBack: ['s1'] });
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
  });

  test('that somebody wrote over is reverted, and what he wrote stays', async () => {
    shop = await openShop();
    const { server } = shop;
    server.put(deployment('web:1'));
    server.onWrite(({ verb, kind }) => {
      if (verb === 'patch' && kind === 'Deployment') server.put(deployment('web:3'));
    });
    const { result } = await run([patchStep()], shop.tools);
    expect(result).toMatchObject({
      verdicts: [{ result: 'reverted', reason: 'overwritten' }],
      rolledBack: ['s1'],
    });
    expect(imageOf(web())).toBe('web:3');
  });
});

describe('nothing changes', () => {
  test('when the user says no', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const confirm = async () => await Promise.resolve(false);
    const { result, records } = await run([a, copyStep('s9')], files.tools, { confirm });
    expect(result).toEqual({ outcome: 'declined', verdicts: [], errors: {}, rolledBack: [] });
    expect(files.written).toEqual([]);
    expect(records.log).toEqual([]);
  });

  test('in a dry run, which asks nobody and tells what would fail', async () => {
    const files = memoryFiles({ 'a.yaml': text, 'b.yaml': 'changed' });
    const confirm = async () => await Promise.reject(new Error('a dry run asks nobody'));
    const { result, records, prepared } = await run([copyStep('s0'), a, b], files.tools, {
      confirm,
      dryRun: true,
    });
    expect(result).toMatchObject({ outcome: 'dry-run', verdicts: [], rolledBack: [] });
    expect(Object.entries(result.errors).map(([id, { code }]) => [id, code])).toEqual([
      ['s2', 'PM_FILE_CHANGED'],
    ]);
    expect(files.written).toEqual([]);
    expect(records.log).toEqual([]);
    expect(prepared).toEqual([{ steps: ['s0'], dryRun: true }]);
  });

  test('where a plan has no steps', () => {
    expect(nothingToDo()).toEqual({ outcome: 'nothing-to-do', verdicts: [], errors: {}, rolledBack: [] });
  });
});

describe('a loss that the user does not agree to', () => {
  const lossy = { ...a, loss: { what: 'completed-pods', pods: 1, names: [] }, needs: ['s0'] } as const;
  const no = async () => await Promise.resolve(false);

  test('is left out with the copy that only it wanted; all else is done', async () => {
    const files = memoryFiles(both);
    const { result, copied, prepared, records } = await run([copyStep('s0'), lossy, b], files.tools, {
      confirmLoss: no,
    });
    expect(copied).toEqual([]);
    expect(prepared).toEqual([{ steps: [], dryRun: false }]);
    expect(files.written).toEqual(['b.yaml']);
    expect(records.created()?.status.receipts.map(({ step }) => step.id)).toEqual(['s2']);
    expect(result.errors).toEqual({});
  });

  test('leaves a copy that another step wants as well', async () => {
    const files = memoryFiles(both);
    const { copied } = await run([copyStep('s0'), lossy, { ...b, needs: ['s0'] }], files.tools, {
      confirmLoss: no,
    });
    expect(copied).toEqual(['s0']);
    expect(files.written).toEqual(['b.yaml']);
  });

  test('is asked only of steps that lose something, and carried out when agreed to', async () => {
    const files = memoryFiles(both);
    const asked: string[] = [];
    const confirmLoss = async ({ id }: Step) => {
      asked.push(id);
      return await Promise.resolve(true);
    };
    await run([copyStep('s0'), lossy, b], files.tools, { confirmLoss });
    expect(asked).toEqual(['s1']);
    expect(files.written.toSorted()).toEqual(['a.yaml', 'b.yaml']);
  });

  test('leaves out a copy for a copy that nobody wants', async () => {
    const files = memoryFiles(both);
    const chain = [copyStep('s8'), { ...copyStep('s0'), needs: ['s8'] }, lossy];
    expect((await run(chain, files.tools, { confirmLoss: no })).copied).toEqual([]);
  });

  test('and a copy that no step wants is made all the same: it was asked for', async () => {
    const files = memoryFiles({});
    expect((await run([copyStep('s0')], files.tools)).copied).toEqual(['s0']);
  });
});

test('a step that fails makes the run partly verified, and only what was applied is proved', async () => {
  const files = memoryFiles({ 'b.yaml': text });
  const { result, records } = await run([a, b], files.tools);
  expect(result.verdicts.map(({ step }) => step)).toEqual(['s2']);
  expect(Object.keys(result.errors)).toEqual(['s1']);
  expect(records.state()).toBe('partly-verified');
});

test('a run of which nothing could be applied is not called rolled back', async () => {
  const { records, result } = await run([a], memoryFiles({}).tools);
  expect(result.verdicts).toEqual([]);
  expect(records.state()).toBe('partly-verified');
});

describe('an abort', () => {
  test('between steps ends the run: what was done stays, and the error says how much', async () => {
    const files = memoryFiles(both);
    const stop = new AbortController();
    const write: StepTools['files']['write'] = async (path, content) => {
      await files.tools.files.write(path, content);
      stop.abort();
    };
    const tools = { ...files.tools, signal: stop.signal, files: { ...files.tools.files, write } };
    const made = run([a, { ...b, needs: ['s1'] }], holding(tools));
    await expect(made).rejects.toMatchObject({
      code: 'PM_RUN_INTERRUPTED',
      params: { changed: 'File/a.yaml', open: '', run: 'r-1' },
    });
    expect(files.written).toEqual(['a.yaml']);
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
  });

  test('while it is proved rolls nothing back', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const stop = new AbortController();
    const readImage = async () => {
      stop.abort();
      return await Promise.reject(new Error('the read was aborted'));
    };
    const made = run([a], { ...files.tools, signal: stop.signal, readImage });
    await expect(made).rejects.toMatchObject({
      code: 'PM_RUN_INTERRUPTED',
      params: { changed: 'File/a.yaml' },
    });
    expect(files.text('a.yaml')).toBe('m/web:1 # ours');
  });
});

test('an error of proving that is no abort is told as it is', async () => {
  shop = await openShop();
  shop.server.put(deployment('web:1'));
  const list = async () => await Promise.reject(new PullmendError('PM_INTERNAL', { message: 'list' }));
  await expect(run([patchStep()], { ...shop.tools, list })).rejects.toMatchObject({ code: 'PM_INTERNAL' });
});

const gone = [
  new PullmendError('PM_API_UNREACHABLE', { server: 'https://10.0.0.1:6443', reason: 'refused' }),
  new PullmendError('PM_API_ERROR', { request: 'GET pods', status: 500, message: 'no leader' }),
];

test.each(gone)('an API server that goes away while it is proved ends the run: $code', async (error) => {
  shop = await openShop();
  shop.server.put(deployment('web:1'));
  const list = async () => await Promise.reject(error);
  await expect(run([patchStep()], { ...shop.tools, list })).rejects.toMatchObject({
    code: 'PM_RUN_CUT',
    params: { changed: 'Deployment/shop/web', run: 'r-1' },
  });
  expect(imageOf(shop.server.get('Deployment', 'shop', 'web'))).toBe('m/web:1');
});
