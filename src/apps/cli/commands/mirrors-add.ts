import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { addMirrors, presetMirrors } from '../../../core/knowledge/mirrors/index.ts';
import { configPath } from '../config-path.ts';
import type { Flags } from '../flags/flags.ts';
import { presetAddedScreen, presetDocument, presetsScreen } from '../render/presets.ts';
import type { Shell } from '../shell.ts';

/** Without a preset: lists them. With one: writes its mirrors into the config file, which is checked as a whole first. */
export async function runMirrorsAdd(
  shell: Shell,
  [name]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  if (name === undefined) {
    shell.result(presetsScreen(shell.page, shell.context.program));
    await shell.document(presetDocument(shell.page.lang));
    return exitCode.done;
  }
  const file = configPath(shell);
  const { preset, mirrors } = presetMirrors(name, flags.at);
  const text = addMirrors(await textOf(shell, file), file, mirrors);
  const dryRun = flags.dryRun ?? false;
  if (!dryRun) await write(shell, file, text);
  shell.result(presetAddedScreen({ preset, mirrors, file, dryRun }, shell.page, shell.context.program));
  await shell.document(presetDocument(shell.page.lang, preset.name));
  return exitCode.done;
}

async function textOf({ context }: Shell, file: string): Promise<string> {
  try {
    return await context.readFile(file);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing) return '';
    throw new PullmendError('PM_CONFIG_NOT_FOUND', { file }, { cause });
  }
}

async function write({ context }: Shell, file: string, text: string): Promise<void> {
  try {
    await context.writeFile(file, text, { replace: true, makeFolder: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PullmendError('PM_FILE_UNWRITABLE', { file, reason }, { cause });
  }
}
