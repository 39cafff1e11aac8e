import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { addMirrors, presetMirrors } from '../../../core/knowledge/mirrors/index.ts';
import { readConfig, writeConfig } from '../config-file.ts';
import { configPath } from '../config-path.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { presetAddedScreen, presetDocument, presetsScreen } from '../render/mirrors/presets.ts';
import type { Shell } from '../shell.ts';

/** Without a preset: lists them. With one: writes its mirrors into the config file, which is checked as a whole first. */
export async function runMirrorsAdd(
  shell: Shell,
  [name]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  if (name === undefined) {
    shell.result(presetsScreen(shell.page, shell.context.program));
    await shell.document(() => presetDocument(shell.page.lang));
    return exitCode.done;
  }
  const file = configPath(shell);
  const { preset, mirrors } = presetMirrors(name, flags.at);
  const text = addMirrors(await readConfig(shell, file), file, mirrors);
  const dryRun = isDryRun(flags);
  if (!dryRun) await writeConfig(shell, file, text);
  shell.result(presetAddedScreen({ preset, mirrors, file, dryRun }, shell.page, shell.context.program));
  await shell.document(() => presetDocument(shell.page.lang, preset.name));
  return exitCode.done;
}
