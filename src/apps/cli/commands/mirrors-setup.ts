import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import type { HarborSetupPlan } from '../../../flows/index.ts';
import { requireMirrors } from '../config-path.ts';
import { unwritable } from '../file-errors.ts';
import { saysYes } from '../consent.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { harmless } from '../render/harmless.ts';
import {
  setupDocument,
  setupEndScreen,
  setupScreen,
  stepDoneScreen,
} from '../render/mirrors/mirrors-setup.ts';
import type { Shell } from '../shell.ts';

export async function runMirrorsSetup(
  shell: Shell,
  names: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { page, m } = shell;
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  shell.progress.says(m.harbor.looking);
  const result = await mender.setUpMirrors(names, {
    ...(flags.keepLast === undefined ? {} : { keepLast: flags.keepLast }),
    ...(flags.replicate === undefined ? {} : { replicate: flags.replicate }),
    robot: flags.robot !== undefined,
    dryRun: isDryRun(flags),
    confirm: async (plan) => await mayMake(shell, flags, plan),
    onStep: (step) => shell.detail(stepDoneScreen(harmless(step), page)),
    saveLogin: async (text) => await writeLogin(shell, flags.robot ?? '', text),
  });
  shell.progress.finish();
  if (result.outcome === 'nothing-to-do' || result.outcome === 'dry-run')
    shell.detail(setupScreen(harmless(result), page));
  shell.result(setupEndScreen(result, flags.robot, page));
  await shell.document(() => setupDocument(result));
  return result.outcome === 'declined' ? exitCode.nothingDone : exitCode.done;
}

/** Throws PM_NEEDS_YES where nobody can answer, PM_FILE_UNWRITABLE when the file for the robot's login is taken. */
async function mayMake(shell: Shell, flags: Flags, plan: HarborSetupPlan): Promise<boolean> {
  shell.progress.finish();
  const makesRobot = plan.steps.some(({ action }) => action === 'create-robot');
  if (makesRobot && flags.robot !== undefined) await mustBeFree(shell, flags.robot);
  return await saysYes(shell, shell.m.harbor.ask, () => {
    shell.result(setupScreen(harmless(plan), shell.page));
  });
}

/** An empty file is what a run that was cut off leaves. */
async function mustBeFree({ context }: Shell, file: string): Promise<void> {
  const content = await context.readFile(file).catch(() => '');
  if (content !== '') throw new PullmendError('PM_FILE_UNWRITABLE', { file, reason: 'it exists already' });
}

async function writeLogin({ context }: Shell, file: string, text: string): Promise<void> {
  try {
    await context.writeFile(file, text, { replace: true, secret: true });
  } catch (cause) {
    throw unwritable(file, cause);
  }
}
