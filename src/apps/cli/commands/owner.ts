import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { ownerReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { ownerScreen } from '../render/owner.ts';
import type { Shell } from '../shell.ts';

/** Who owns an object, whether an edit of it stays, and where a person edits. */
export async function runOwner(
  shell: Shell,
  [name = '']: readonly string[],
  { namespace, quiet = false }: Flags,
): Promise<ExitCode> {
  const where = namespace === undefined ? {} : { namespace };
  const mender = await shell.openMender({ type: 'cluster', names: [], allNamespaces: false, ...where });
  const report = await mender.owner(name, where);
  shell.progress.finish();
  if (shell.format === 'table') shell.result(ownerScreen(harmless(report), quiet, shell.page));
  await shell.document(() => ownerReport(report));
  return exitCode.done;
}
