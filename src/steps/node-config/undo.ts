import {
  reloadRuntime,
  restartRuntime,
  restoreNodeFiles,
  type BackOutcome,
} from '../../adapters/node/index.ts';
import type { NodeConfigStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';

/** Puts back the very files of before, where they still are as they were left, and lets the service read them. */
export async function undo(
  receipt: ReceiptOf<NodeConfigStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const { run, dryRun } = context;
  return await context.onNode(step.node, async ({ shell, runtime }) => {
    const { files, folders } = step;
    const back = await restoreNodeFiles(shell, runtime, files, { run, folders, dryRun });
    const isChanged = !dryRun && [...back.values()].includes('restored');
    if (isChanged && step.restart === 'reload') await reloadRuntime(shell, runtime);
    const why =
      isChanged && step.restart === 'restart' ? await restartRuntime(shell, runtime, [], context) : undefined;
    return step.files.map(({ path }) => told(receipt, path, back.get(path), why));
  });
}

function told(
  receipt: ReceiptOf<NodeConfigStep>,
  file: string,
  how: BackOutcome | undefined,
  why: string | undefined,
): UndoOutcome {
  const path = `${receipt.step.node}:${file}`;
  if (how === 'already' || how === 'changed-since') return outcome(receipt, how, { path });
  if (how === 'restored' && why === undefined) return outcome(receipt, 'restored', { path });
  const detail =
    how === 'restored' ? why : how === 'no-backup' ? 'its backup is gone' : 'the node told nothing';
  return outcome(receipt, 'failed', { path, ...(detail === undefined ? {} : { detail }) });
}
