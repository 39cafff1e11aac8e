import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { nodeConfigList } from '../render/documents/node-config.ts';
import { harmless } from '../render/harmless.ts';
import { inventoryScreen } from '../render/nodes/inventory.ts';
import type { Shell } from '../shell.ts';

/** What nodes have, and what of their pods' images they lack. */
export async function runNodeImages(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const mender = await shell.openMender();
  const nodes = await mender.nodeImages(names);
  shell.progress.finish();
  shell.result(inventoryScreen(harmless(nodes), flags.missing === true, shell.page));
  await shell.document(() => nodeConfigList('NodeImageList', nodes));
  if (nodes.some(({ ok }) => !ok)) return exitCode.noAccess;
  const lacks = nodes.some((one) => one.ok && one.value.missing.length > 0);
  return flags.missing === true && lacks ? exitCode.failuresLeft : exitCode.done;
}
