import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { isFailure } from '../../../core/knowledge/chains/index.ts';
import type { ClusterFinding, RepairPlan } from '../../../core/model/index.ts';
import { previewOf } from '../../../steps/previews.ts';
import { provideMirrors, situationOf } from '../config-path.ts';
import { askingConsent } from '../consent.ts';
import { exitOfRun } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { onlyPlanned, planOptionsOf, runOptionsOf, targetOf } from '../flags/options.ts';
import { fixReport } from '../render/documents/index.ts';
import { askedAbout } from '../render/diagnosis/reckoning.ts';
import { harmless } from '../render/harmless.ts';
import { findingBlocks } from '../render/diagnosis/findings.ts';
import { allWell } from '../render/diagnosis/problems.ts';
import { endLines } from '../render/repair/outcome.ts';
import type { Shell } from '../shell.ts';

export async function runFix(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const target = targetOf(shell, flags, names);
  const consent = askingConsent(shell);
  const mender = await shell.openMender(target);
  // What came in on a pipe is nowhere to be written.
  const isPiped = flags.filename?.includes('-') === true;
  const options = { ...planOptionsOf(flags), ...runOptionsOf(flags), ...consent };
  const result =
    flags.dryRun === 'client' || isPiped
      ? await mender.plan(target, options).then((planned) => ({ ...planned, ...onlyPlanned(planned.plan) }))
      : await mender.fix(target, options);
  const { problems, plan, supplies } = result;
  shell.progress.showProblems(problems);
  shell.progress.showPlan(plan, supplies);
  shell.progress.finish();
  shell.detail(findingBlocks(harmless(result.findings ?? []).filter(isLeft(plan)), shell.page));
  const delivered =
    flags.source === undefined && flags.patch === undefined
      ? undefined
      : await (await import('../delivered.ts')).writeDelivered(shell, mender, plan, flags);
  await shell.document(() => ({
    ...fixReport(result, result, consent.leftOut, shell.page.lang),
    ...(delivered === undefined ? {} : { sources: delivered.changes }),
  }));
  if (plan.spec.steps.length === 0) {
    const provided = await provideMirrors(shell, mender, situationOf(askedAbout(result), target));
    if (provided === 'trusted') return await runFix(shell, names, { ...flags, allowUnverified: true });
    if (provided === 'again') return await runFix(shell, names, flags);
    if (provided === 'declined') return exitCode.nothingDone;
  }
  const ending = harmless({ result, plan, problems, seconds: consent.seconds() });
  const end = { ...ending, leftOut: consent.leftOut };
  if (problems.length > 0 || plan.spec.steps.length > 0) {
    shell.detail(['']);
    shell.result(
      isPiped ? [shell.m.rewrite.writePipe(`${shell.page.program} rewrite -`)] : endLines(end, shell.page),
    );
  } else if (flags.quiet === true) {
    const othersWait = (result.findings ?? []).some(isFailure);
    shell.result([allWell({ othersWait }, shell.page)]);
  }
  return exitOfRun(end);
}

/** What is wrong with the cluster itself and no step is about; a second default StorageClass is only a warning. */
function isLeft({ spec }: RepairPlan): (finding: ClusterFinding) => boolean {
  const marks = spec.steps.some((step) => previewOf(step).action.does === 'mark-default');
  return (finding) => isFailure(finding) || (finding.kind === 'no-default-storage-class' && !marks);
}
