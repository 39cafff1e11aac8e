import type { World } from '../../access/index.ts';
import { runsIn } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { RepairRecord, UndoOutcome } from '../../core/model/index.ts';
import { undoReceipts } from '../../stages/undo/index.ts';
import { stepsOfKind } from '../../steps/index.ts';
import { toolsFor } from './tools.ts';

/** A run whose settings of nodes were put back. */
export type Restored = { readonly run: string; readonly outcomes: readonly UndoOutcome[] };

/**
 * Puts back what runs wrote on nodes, newest first, and leaves all else that they did. Errors: PM_NOTHING_TO_UNDO.
 *
 * @param names nodes; all where none is named.
 */
export async function restoreNodeConfig(
  names: readonly string[],
  options: {
    readonly dryRun: boolean;
    readonly confirm: (records: readonly RepairRecord[]) => Promise<boolean>;
  },
  world: World,
): Promise<readonly Restored[]> {
  const all = await runsIn({ allNamespaces: true }, world);
  const records = all.map((record) => onlyNodes(record, names));
  const open = records.filter(({ status }) => status.receipts.length > 0);
  if (open.length === 0) throw new PullmendError('PM_NOTHING_TO_UNDO', {});
  if (!options.dryRun && !(await options.confirm(open))) return [];
  const tools = await toolsFor(['default'], world);
  const restored: Restored[] = [];
  for (const part of open) {
    const { name } = part.metadata;
    const outcomes = await undoReceipts(name, part.status.receipts, tools, { dryRun: options.dryRun });
    const whole = all.find(({ metadata }) => metadata.name === name);
    if (!options.dryRun && isTakenBack(whole, part, outcomes)) await tools.records.setState(name, 'undone');
    restored.push({ run: name, outcomes });
  }
  return restored;
}

/** Nothing of a run is left: it did nothing but what is in `part`, and all of that went back. */
export function isTakenBack(
  whole: RepairRecord | undefined,
  part: RepairRecord,
  outcomes: readonly UndoOutcome[],
): boolean {
  if (whole?.status.receipts.length !== part.status.receipts.length) return false;
  return outcomes.every(({ outcome }) => outcome === 'restored' || outcome === 'already');
}

function onlyNodes(record: RepairRecord, names: readonly string[]): RepairRecord {
  const receipts = record.status.receipts.filter(({ step, state }) => {
    const [one] = stepsOfKind('node-config', [step]);
    const isOpen = state === 'applied' || state === 'intended';
    return one !== undefined && isOpen && (names.length === 0 || names.includes(one.node));
  });
  return { ...record, status: { ...record.status, receipts } };
}
