import { expect, test } from 'vitest';
import type { Receipt, RepairRecord, RunState } from './index.ts';
import { isRunOf, isSpent, namespacesOfRun, recordsToPrune } from './record-list.ts';

function run(
  name: string,
  createdAt: string,
  state: RunState,
  receipts: readonly Receipt['state'][] = ['applied'],
): RepairRecord {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name, createdAt },
    spec: { user: 'ann' },
    status: {
      state,
      receipts: receipts.map((each, index) => ({
        step: {
          id: `s${index}`,
          kind: 'replace-pods',
          object: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
            ...(index === 0 ? {} : { namespace: 'shop' }),
          },
          needs: [],
          expect: [],
          pods: [],
        },
        state: each,
        at: createdAt,
      })),
    },
  };
}

test.for<readonly [RunState, readonly Receipt['state'][], boolean]>([
  ['undone', ['applied'], true],
  ['verified', ['applied', 'undone'], false],
  ['rolled-back', ['undone', 'failed'], true],
  ['running', ['failed'], false],
  ['kept', ['intended'], false],
])('a run that is %s with steps %s is spent: %s', ([state, receipts, spent]) => {
  expect(isSpent(run('r', '2026-01-01T00:00:00Z', state, receipts))).toBe(spent);
});

test('old and many records go, but none that can still be undone', () => {
  const now = '2026-06-01T00:00:00Z';
  const many = Array.from({ length: 50 }, (_, index) =>
    run(`new-${index}`, '2026-05-31T00:00:00Z', 'verified'),
  );
  const records = [
    ...many,
    run('beyond', '2026-05-30T00:00:00Z', 'undone'),
    run('beyond-but-needed', '2026-05-30T00:00:00Z', 'kept'),
    run('old', '2026-01-01T00:00:00Z', 'undone'),
    run('old-but-needed', '2026-01-01T00:00:00Z', 'verified'),
  ];
  expect(recordsToPrune(records, now).map(({ metadata }) => metadata.name)).toEqual(['beyond', 'old']);
  expect(recordsToPrune(records.slice(-2), now).map(({ metadata }) => metadata.name)).toEqual(['old']);
  expect(recordsToPrune(records.slice(50, 51), now)).toEqual([]);
});

test('whose run it is, and where', () => {
  const record = run('r', '2026-01-01T00:00:00Z', 'kept', ['applied', 'applied', 'applied']);
  expect(isRunOf(record, 'ann')).toBe(true);
  expect(isRunOf(record, 'bob')).toBe(false);
  expect(isRunOf({ ...record, spec: {} }, '')).toBe(false);
  expect(namespacesOfRun(record)).toEqual(['default', 'shop']);
});
