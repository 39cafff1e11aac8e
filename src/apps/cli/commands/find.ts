import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { configPath } from '../config-path.ts';
import type { Flags } from '../flags/flags.ts';
import { supplyReport } from '../render/documents/index.ts';
import { harmless, harmlessText } from '../render/harmless.ts';
import { noMirrorsScreen } from '../render/mirrors/no-mirrors.ts';
import { supplyScreen } from '../render/repair/supply.ts';
import type { Shell } from '../shell.ts';

export async function runFind(
  shell: Shell,
  [image = '']: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  shell.progress.says(shell.m.registry.looking(harmlessText(image)));
  const supply = await mender.find(image, flags.platform ?? []);
  shell.progress.finish();
  const best = supply.candidates.find((candidate) => candidate.usable);
  if (flags.quiet === true) shell.result([harmlessText(best?.reference ?? shell.m.registry.noUsable)]);
  else shell.result(supplyScreen(harmless(supply), shell.page));
  if (mender.mirrors.mirrors.length === 0) {
    shell.detail(['', ...noMirrorsScreen(configPath(shell), shell.page)]);
  }
  await shell.document(() => supplyReport(supply));
  return best === undefined ? exitCode.nothingDone : exitCode.done;
}
