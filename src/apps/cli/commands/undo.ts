import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { askingConsent } from '../consent.ts';
import { exitOfUndo } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun, runScopeOf } from '../flags/options.ts';
import { runList, undoReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { recordScreen, runsScreen, undoEnd, undoScreen } from '../render/repair/undo.ts';
import type { Shell } from '../shell.ts';

export async function runUndo(shell: Shell, [run]: readonly string[], flags: Flags): Promise<ExitCode> {
  if (flags.list === true) return await list(shell, flags);
  const dryRun = isDryRun(flags);
  const consent = askingConsent(shell);
  let declined = false;
  const mender = await shell.openMender();
  const result = await mender.undo(run, {
    dryRun,
    confirm: async (record) => {
      const yes = await consent.confirmUndo(record);
      declined = !yes;
      return yes;
    },
    ...runScopeOf(flags),
  });
  shell.progress.finish();
  await shell.document(() => undoReport(result, dryRun));
  if (declined) {
    shell.result([shell.m.cli.ask.nothingChanged]);
    return exitCode.nothingDone;
  }
  const { record, outcomes } = harmless(result);
  if (dryRun) shell.detail([...recordScreen(record, shell.page), '']);
  shell.detail([...undoScreen(outcomes, shell.page), '']);
  shell.result(undoEnd(record, outcomes, dryRun, shell.page));
  return exitOfUndo(outcomes);
}

async function list(shell: Shell, flags: Flags): Promise<ExitCode> {
  const mender = await shell.openMender();
  const runs = await mender.runs(runScopeOf(flags));
  shell.progress.finish();
  shell.result(runsScreen(harmless(runs), shell.page));
  await shell.document(() => runList(runs));
  return exitCode.done;
}
