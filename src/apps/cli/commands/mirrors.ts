import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { requireMirrors } from '../config-path.ts';
import { mirrorReport, mirrorsNamed } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { checksScreen, mirrorsScreen } from '../render/mirrors/mirrors.ts';
import type { Shell } from '../shell.ts';

export async function runMirrorsList(shell: Shell): Promise<ExitCode> {
  const mender = await shell.openMender();
  const { mirrors } = mender;
  shell.progress.finish();
  requireMirrors(shell, mender);
  shell.result(mirrorsScreen(harmless(mirrors), shell.page));
  await shell.document(() => mirrorReport(mirrors.mirrors));
  return exitCode.done;
}

export async function runMirrorsCheck(shell: Shell, names: readonly string[]): Promise<ExitCode> {
  const mender = await shell.openMender();
  const { mirrors } = mender;
  requireMirrors(shell, mender);
  shell.progress.says(shell.m.registry.checking);
  const checks = await mender.checkMirrors(names);
  shell.progress.finish();
  shell.result(checksScreen(harmless(checks), shell.page));
  await shell.document(() => mirrorReport(mirrorsNamed(mirrors, names), checks));
  const failing = checks.some(
    ({ result, harbor }) => result === 'fails' || harbor?.findings.some(({ level }) => level === 'problem'),
  );
  return failing ? exitCode.failuresLeft : exitCode.done;
}
