import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { nodeConfigList } from '../render/documents/node-config.ts';
import { harmless } from '../render/harmless.ts';
import { containersScreen } from '../render/nodes/containers.ts';
import type { Shell } from '../shell.ts';

/** What runs on nodes, and what ended there. */
export async function runNodePs(shell: Shell, names: readonly string[]): Promise<ExitCode> {
  const mender = await shell.openMender();
  const nodes = await mender.nodeContainers(names);
  shell.progress.finish();
  shell.result(containersScreen(harmless(nodes), shell.page));
  await shell.document(() => nodeConfigList('NodeContainerList', nodes));
  return nodes.some(({ ok }) => !ok) ? exitCode.noAccess : exitCode.done;
}
