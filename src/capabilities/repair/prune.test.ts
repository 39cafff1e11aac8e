import { expect, test } from 'vitest';
import { patchStep } from '../../../test/support/repair-shop.ts';
import { PullmendError } from '../../core/base/index.ts';
import {
  apiVersion,
  type MendEvent,
  type ReceiptState,
  type RepairRecord,
  type RunState,
} from '../../core/model/index.ts';
import { pruneRecords } from './prune.ts';

const cluster = { context: 'lab', server: 'https://10.0.0.1', version: 'v1.34.0' };
const old = '2025-11-01T00:00:00Z';
const now = '2026-01-02T00:00:00Z';

type Kept = {
  readonly createdAt?: string;
  readonly state?: RunState;
  readonly receipt?: ReceiptState;
  readonly spec?: RepairRecord['spec'];
};

function record(
  name: string,
  { createdAt = old, state = 'undone', receipt = 'undone', spec = { cluster, user: 'ann' } }: Kept = {},
): RepairRecord {
  return {
    apiVersion,
    kind: 'RepairRecord',
    metadata: { name, createdAt },
    spec,
    status: { state, receipts: [{ step: patchStep(), state: receipt, at: createdAt }] },
  };
}

async function pruned(
  records: readonly RepairRecord[],
  remove: (run: string) => Promise<void> = async () => await Promise.resolve(),
) {
  const removed: string[] = [];
  const events: MendEvent[] = [];
  await pruneRecords({
    records: {
      list: async () => await Promise.resolve(records),
      remove: async (run) => {
        await remove(run);
        removed.push(run);
      },
    },
    whose: async () => await Promise.resolve({ user: 'ann', host: 'desk' }),
    now: () => now,
    onEvent: (event) => void events.push(event),
  });
  return { removed, told: events.flatMap((one) => (one.type === 'notice' ? [one.notice] : [])) };
}

test('old runs that were taken back are forgotten, and that is said', async () => {
  const { removed, told } = await pruned([record('r-new', { createdAt: now }), record('r-old')]);
  expect(removed).toEqual(['r-old']);
  expect(told).toEqual([{ what: 'records-pruned', runs: ['r-old'] }]);
});

test.each<[string, Kept]>([
  ['that can still be undone', { state: 'verified', receipt: 'applied' }],
  ['that was killed in the middle', { state: 'running', receipt: 'intended' }],
  ['of another person', { spec: { cluster, user: 'bob' } }],
  ['of nobody knows whom', { spec: { cluster } }],
  ['of last week', { createdAt: '2025-12-27T00:00:00Z' }],
])('a run %s stays', async (_, kept) => {
  expect(await pruned([record('r-1', kept)])).toEqual({ removed: [], told: [] });
});

test('runs on files are those of this machine, whoever ran them', async () => {
  expect((await pruned([record('r-1', { spec: { user: 'root' } })])).removed).toEqual(['r-1']);
});

test('what refuses it spoils no run, and only what went is told', async () => {
  const forbidden = new PullmendError('PM_FORBIDDEN', {
    verb: 'delete',
    resource: 'configmaps',
  });
  const { removed, told } = await pruned([record('r-1'), record('r-2')], async (run) => {
    await (run === 'r-2' ? Promise.reject(forbidden) : Promise.resolve());
  });
  expect(removed).toEqual(['r-1']);
  expect(told).toEqual([{ what: 'records-pruned', runs: ['r-1'] }]);
  await expect(
    pruned([record('r-1')], async () => await Promise.reject(new TypeError('a mistake of ours'))),
  ).rejects.toThrow('a mistake of ours');
});
