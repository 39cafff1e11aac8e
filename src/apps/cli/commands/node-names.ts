import type { ExitCode } from '../../../core/base/index.ts';
import type { RepairPlan } from '../../../core/model/index.ts';
import { askingConsent } from '../consent.ts';
import { exitOfRun } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { runOptionsOf } from '../flags/options.ts';
import { fixReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { endLines } from '../render/repair/outcome.ts';
import { stepTable } from '../render/repair/plan.ts';
import type { Mender } from '../../../flows/index.ts';
import type { Shell } from '../shell.ts';

/** More steps than there ever are. */
const most = 100;

/** Lets nodes pull an image. */
export async function runNodePull(
  shell: Shell,
  [source = '', ...nodes]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  return await carryOut(shell, mender, await mender.planNodeNames({ source }, nodes), flags);
}

/** Gives an image of nodes another name beside its own; where it is not there, they pull it first. */
export async function runNodeAlias(
  shell: Shell,
  [source = '', name = '', ...nodes]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  return await carryOut(shell, mender, await mender.planNodeNames({ source, name }, nodes), flags);
}

async function carryOut(shell: Shell, mender: Mender, plan: RepairPlan, flags: Flags): Promise<ExitCode> {
  shell.progress.finish();
  shell.detail(stepTable(harmless(plan.spec.steps), { indent: 0, most }, shell.page));
  const consent = askingConsent(shell);
  const result = await mender.apply(plan, { ...runOptionsOf(flags), ...consent, allowUnverified: false });
  shell.progress.finish();
  await shell.document(() => fixReport({ plan }, result, consent.leftOut, shell.page.lang));
  const ending = harmless({ result, plan, problems: [], seconds: consent.seconds() });
  const end = { ...ending, leftOut: consent.leftOut };
  shell.result(endLines(end, shell.page));
  return exitOfRun(end);
}
