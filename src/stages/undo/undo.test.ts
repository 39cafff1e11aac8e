import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deployment,
  editStep,
  imageOf,
  imagePath,
  memoryFiles,
  memoryRecords,
  openShop,
  patchStep,
  secretOf,
  secretStep,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import type { Receipt, RepairRecord, Step } from '../../core/model/index.ts';
import type { StepTools } from '../../steps/index.ts';
import { undo, undoReceipts } from './index.ts';

const text = 'web:1 # ours';
const mended = 'm/web:1 # ours';
const a = editStep('s1', 'a.yaml', text);
const b = editStep('s2', 'b.yaml', text);

function receipt(step: Step, state: Receipt['state'] = 'applied'): Receipt {
  return { step, state, at: '2026-01-01T00:00:00Z' };
}

async function takeBack(receipts: readonly Receipt[], tools: StepTools, dryRun = false) {
  const records = memoryRecords();
  const record: RepairRecord = {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: {},
    status: { state: 'verified', receipts },
  };
  const now = () => '2026-01-03T00:00:00Z';
  const outcomes = await undo(record, { ...tools, records: records.store, now }, { dryRun });
  return { records, outcomes, told: outcomes.map(({ step, outcome }) => `${step} ${outcome}`) };
}

describe('a whole run', () => {
  test('goes back last step first, and its record says so', async () => {
    const files = memoryFiles({ 'a.yaml': mended, 'b.yaml': mended });
    const { told, records } = await takeBack([receipt(a), receipt(b)], files.tools);
    expect(told).toEqual(['s2 restored', 's1 restored']);
    expect(files.written).toEqual(['b.yaml', 'a.yaml']);
    expect(files.text('a.yaml')).toBe(text);
    expect(records.log).toEqual(['s2 undone', 's1 undone', 'state undone']);
    expect(records.receipts.get('s1')).toMatchObject({ step: { id: 's1' }, at: '2026-01-03T00:00:00Z' });
  });

  test('in a dry run is only looked at', async () => {
    const files = memoryFiles({ 'a.yaml': mended });
    const { told, records } = await takeBack([receipt(a)], files.tools, true);
    expect(told).toEqual(['s1 restored']);
    expect(files.written).toEqual([]);
    expect(records.log).toEqual([]);
  });

  test('of which something could not go back is not called undone', async () => {
    const files = memoryFiles({ 'b.yaml': mended });
    const { outcomes, records } = await takeBack([receipt(a), receipt(b)], files.tools);
    expect(outcomes).toMatchObject([
      { step: 's2', outcome: 'restored' },
      { step: 's1', outcome: 'failed', detail: 'a.yaml is not there', object: { name: 'a.yaml' } },
    ]);
    expect(records.log).toEqual(['s2 undone']);
  });

  test('of which somebody changed something since is not called undone', async () => {
    const files = memoryFiles({ 'a.yaml': 'other:3 # ours' });
    const { told, records } = await takeBack([receipt(a)], files.tools);
    expect(told).toEqual(['s1 changed-since']);
    expect(files.written).toEqual([]);
    expect(records.log).toEqual([]);
  });

  test('that holds the old values already is undone, and nothing is written', async () => {
    const files = memoryFiles({ 'a.yaml': text });
    const { told, records } = await takeBack([receipt(a)], files.tools);
    expect(told).toEqual(['s1 already']);
    expect(files.written).toEqual([]);
    expect(records.log).toEqual(['state undone']);
  });

  test.each(['failed', 'undone'] as const)('leaves alone what %s', async (state) => {
    const files = memoryFiles({ 'a.yaml': mended });
    const { told } = await takeBack([receipt(a, state)], files.tools);
    expect(told).toEqual([]);
    expect(files.text('a.yaml')).toBe(mended);
  });

  test('looks at what was only intended: a run may have been killed', async () => {
    const files = memoryFiles({ 'a.yaml': mended });
    expect((await takeBack([receipt(a, 'intended')], files.tools)).told).toEqual(['s1 restored']);
  });
});

test('some steps go back without the run being called undone', async () => {
  const files = memoryFiles({ 'a.yaml': mended });
  const records = memoryRecords();
  await undoReceipts(
    'r-1',
    [receipt(a)],
    { ...files.tools, records: records.store, now: () => '' },
    { dryRun: false },
  );
  expect(records.log).toEqual(['s1 undone']);
});

describe('on a cluster', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    await shop.close();
  });
  const web = () => shop.server.get('Deployment', 'shop', 'web');
  const ofUid = (uid: string) => patchStep({ object: { ...patchStep().object, uid } });

  test('the field holds its old value again', async () => {
    shop.server.put(deployment('m/web:1', { uid: 'u1' }));
    const { outcomes } = await takeBack([receipt(ofUid('u1'))], shop.tools);
    expect(outcomes).toMatchObject([{ outcome: 'restored', path: imagePath }]);
    expect(imageOf(web())).toBe('web:1');
  });

  test('an object of the same name that was made since is another one', async () => {
    shop.server.put(deployment('m/web:1', { uid: 'u2' }));
    const { told } = await takeBack([receipt(ofUid('u1'))], shop.tools);
    expect(told).toEqual(['s1 changed-since']);
    expect(imageOf(web())).toBe('m/web:1');
    expect(shop.writes()).toEqual([]);
  });

  test('a value of somebody else stays', async () => {
    shop.server.put(deployment('web:2', { uid: 'u1' }));
    const { outcomes } = await takeBack([receipt(ofUid('u1'))], shop.tools);
    expect(outcomes).toMatchObject([{ outcome: 'changed-since', detail: '"web:2"' }]);
    expect(imageOf(web())).toBe('web:2');
    expect(shop.writes()).toEqual([]);
  });

  test('an object that is gone is no failure', async () => {
    expect((await takeBack([receipt(ofUid('u1'))], shop.tools)).told).toEqual(['s1 gone']);
  });

  test('one that may not be written fails, and the next one goes back', async () => {
    shop.server.put(deployment('m/web:1', { uid: 'u1' }), deployment('m/web:1', { name: 'two', uid: 'u3' }));
    const two = patchStep({ id: 's2', object: { ...patchStep().object, name: 'two' } });
    shop.server.intercept(({ method, path }) =>
      method === 'PATCH' && path.endsWith('/two') ? { status: 422, body: 'no' } : undefined,
    );
    const { told } = await takeBack([receipt(ofUid('u1')), receipt(two)], shop.tools);
    expect(told).toEqual(['s2 failed', 's1 restored']);
    expect(imageOf(web())).toBe('web:1');
  });

  describe('the pull secret that a step made', () => {
    const secret = secretStep('s0');
    const given = (run: string) => shop.server.put(secretOf(run));
    const there = () => shop.server.get('Secret', 'shop', 'pullmend-m') !== undefined;

    test('goes after what used it', async () => {
      given('r-1');
      shop.server.put(deployment('m/web:1'));
      const { told } = await takeBack([receipt(secret), receipt(patchStep())], shop.tools);
      expect(told).toEqual(['s1 restored', 's0 restored']);
      expect(there()).toBe(false);
    });

    test('stays while something of the run stays and needs it', async () => {
      given('r-1');
      shop.server.put(deployment('web:2'));
      const { told } = await takeBack([receipt(secret), receipt(patchStep())], shop.tools);
      expect(told).toEqual(['s1 changed-since', 's0 changed-since']);
      expect(there()).toBe(true);
    });

    test('stays when another run made it', async () => {
      given('r-2');
      expect((await takeBack([receipt(secret)], shop.tools)).told).toEqual(['s0 changed-since']);
      expect(there()).toBe(true);
    });

    test('is left alone in a dry run', async () => {
      given('r-1');
      expect((await takeBack([receipt(secret)], shop.tools, true)).told).toEqual(['s0 restored']);
      expect(there()).toBe(true);
    });

    test('that is gone is no failure', async () => {
      expect((await takeBack([receipt(secret)], shop.tools)).told).toEqual(['s0 gone']);
    });
  });
});
