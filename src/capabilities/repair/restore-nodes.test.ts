import { describe, expect, test } from 'vitest';
import { patchStep } from '../../../test/support/repair-shop.ts';
import type { World } from '../../access/index.ts';
import type { NodeConfigStep, Receipt, RepairRecord, Step, UndoOutcome } from '../../core/model/index.ts';
import { isTakenBack, restoreNodeConfig } from './restore-nodes.ts';

const settings = (node: string): NodeConfigStep => ({
  id: node,
  kind: 'node-config',
  object: { apiVersion: 'v1', kind: 'Node', name: node },
  needs: [],
  expect: [],
  node,
  settings: { registries: [] },
  files: [{ path: '/etc/containerd/config.toml', after: 'a'.repeat(64), lines: [] }],
  folders: [],
  restart: 'none',
});

function record(name: string, ...receipts: readonly (readonly [Step, Receipt['state']])[]): RepairRecord {
  const at = '2026-01-01T00:00:00Z';
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name, createdAt: at },
    spec: {},
    status: { state: 'verified', receipts: receipts.map(([step, state]) => ({ step, state, at })) },
  };
}

const runs = [
  record('r-3', [patchStep(), 'applied']),
  record('r-2', [settings('node1'), 'applied'], [patchStep(), 'applied']),
  record('r-1', [settings('node2'), 'intended'], [settings('node1'), 'undone']),
];

/** What is asked, and what comes of a no. */
async function asked(names: readonly string[], dryRun = false, records = runs) {
  const shown: string[] = [];
  let toOpen = 1;
  const listing = (found: readonly RepairRecord[]) => async () =>
    await Promise.resolve({ list: async () => await Promise.resolve(found) });
  const outside = {
    fileRecords: listing([]),
    clusterRecords: listing(records),
    // Runs are looked for, then nothing more may be needed.
    kube: async () =>
      toOpen-- > 0
        ? await Promise.resolve({ namespace: 'shop' })
        : await Promise.reject(new Error('no cluster')),
  };
  const options = { signal: new AbortController().signal };
  const world = { outside, options };
  const confirm = async (open: readonly RepairRecord[]) => {
    for (const { metadata, status } of open)
      shown.push(`${metadata.name}: ${status.receipts.map(({ step }) => step.id).join(', ')}`);
    return await Promise.resolve(false);
  };
  const restored = await restoreNodeConfig(names, { dryRun, confirm }, world as unknown as World);
  return { shown, restored };
}

test('only what is still on nodes is shown, and a no changes nothing', async () => {
  expect(await asked([])).toEqual({ shown: ['r-2: node1', 'r-1: node2'], restored: [] });
});

test('of named nodes only theirs', async () => {
  expect((await asked(['node2'])).shown).toEqual(['r-1: node2']);
});

test('where nothing is left on a node it is said', async () => {
  await expect(asked(['node3'])).rejects.toMatchObject({ code: 'PM_NOTHING_TO_UNDO' });
  await expect(asked([], false, [])).rejects.toMatchObject({ code: 'PM_NOTHING_TO_UNDO' });
});

test('a dry run asks nobody', async () => {
  await expect(asked([], true)).rejects.toThrow('no cluster');
});

describe('a run is taken back', () => {
  const [whole] = runs.slice(2);
  const part = record('r-1', [settings('node2'), 'intended']);
  const outcome = (result: UndoOutcome['outcome']): UndoOutcome => ({
    step: 'node2',
    object: settings('node2').object,
    outcome: result,
  });

  test.each<[string, RepairRecord | undefined, readonly UndoOutcome['outcome'][], boolean]>([
    ['when all that it did went back', part, ['restored', 'already'], true],
    ['not when something is another one by now', part, ['restored', 'changed-since'], false],
    ['not when a node could not be entered', part, ['failed'], false],
    ['not when it did more', whole, ['restored'], false],
    ['not when nobody knows it', undefined, ['restored'], false],
  ])('%s', (_, known, outcomes, expected) => {
    expect(isTakenBack(known, part, outcomes.map(outcome))).toBe(expected);
  });
});
