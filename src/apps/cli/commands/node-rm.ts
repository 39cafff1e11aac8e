import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { saysYes } from '../consent.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { nodeConfigList } from '../render/documents/node-config.ts';
import { harmless } from '../render/harmless.ts';
import { removalScreen } from '../render/nodes/removal.ts';
import type { Shell } from '../shell.ts';

/** Takes a name off nodes that a run gave. */
export async function runNodeRm(
  shell: Shell,
  [name = '', ...nodes]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  let declined = false;
  const found = await mender.removeNodeName(name, nodes, {
    dryRun: isDryRun(flags),
    confirm: async (seen) => {
      shell.progress.finish();
      const has = seen.filter((one) => one.ok && one.value.outcome === 'given').length;
      const yes = await saysYes(shell, shell.m.nodeImages.askRemove(name, shell.m.words.nodes(has)), () =>
        shell.detail(removalScreen(harmless(seen), shell.page)),
      );
      declined = !yes;
      return yes;
    },
  });
  shell.progress.finish();
  shell.result(declined ? [shell.m.cli.ask.nothingChanged] : removalScreen(harmless(found), shell.page));
  await shell.document(() => nodeConfigList('NodeNameList', found));
  if (declined) return exitCode.nothingDone;
  if (found.some(({ ok }) => !ok)) return exitCode.noAccess;
  const kept = found.some((one) => one.ok && ['not-ours', 'in-use'].includes(one.value.outcome));
  return kept ? exitCode.failuresLeft : exitCode.done;
}
