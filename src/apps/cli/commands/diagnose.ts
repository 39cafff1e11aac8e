import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { isFailure } from '../../../core/knowledge/chains/index.ts';
import type { PullProblem } from '../../../core/model/index.ts';
import type { DiagnoseResult, Mender, Target } from '../../../flows/index.ts';
import type { Flags } from '../flags/flags.ts';
import { withNodeMirrors } from '../../../core/knowledge/reach/index.ts';
import { targetOf } from '../flags/options.ts';
import { stalledBlocks } from '../render/diagnosis/chains.ts';
import { findingBlocks } from '../render/diagnosis/findings.ts';
import { localTime } from '../render/local-time.ts';
import { harmless } from '../render/harmless.ts';
import { problemBlocks, problemsTitle } from '../render/diagnosis/problems.ts';
import { unreadRows } from '../render/diagnosis/unread.ts';
import { predictionBlocks, reachNotes } from '../render/diagnosis/reach.ts';
import { wantedReport, writeReport } from '../report-file.ts';
import type { Shell } from '../shell.ts';

export async function runDiagnose(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const target = targetOf(shell, flags, names);
  checkProbes(shell, target, flags);
  const wanted = wantedReport(shell, flags);
  const mender = await shell.openMender(target);
  const found = await mender.diagnose(target);
  const more = await asked(mender, target, found.problems, flags);
  const seen = withNodeMirrors(found.problems, more.reach?.images ?? []);
  const result = { ...found, problems: seen, ...more };
  const problems = harmless(result.problems);
  shell.progress.showProblems(problems);
  shell.progress.finish();
  // How long something lasts is counted to when it was seen.
  const { takenAt } = result;
  const page = takenAt === undefined ? shell.page : { ...shell.page, now: Date.parse(takenAt) };
  if (takenAt !== undefined) shell.detail([shell.m.snapshot.takenAt(localTime(takenAt))]);
  const { nodes } = shell.progress;
  const reach = harmless(result.reach);
  const known = {
    evidence: true,
    ...(nodes === undefined ? {} : { nodes }),
    ...(reach === undefined ? {} : { reach }),
  };
  shell.detail(problemBlocks(problems, known, page));
  shell.detail(stalledBlocks(harmless(result.chains ?? []), page));
  shell.detail(findingBlocks(harmless(result.findings ?? []), page));
  shell.detail(unreadRows(harmless(result.unread ?? []), page));
  if (reach !== undefined) shell.detail(reachNotes(reach, shell.page));
  const prediction = harmless(result.prediction);
  if (prediction !== undefined) shell.detail(predictionBlocks(prediction, shell.page));
  if (wanted !== undefined) await writeReport(shell, wanted, result);
  const said = (result.findings ?? []).some(isFailure);
  const othersWait = (result.chains ?? []).length > 0 || said;
  if (flags.quiet === true) shell.result(problemsTitle(problems, undefined, shell.page, { othersWait }));
  const clean = problems.length === 0 && !othersWait;
  return clean ? exitCode.done : exitCode.failuresLeft;
}

/** `--probe` and `--predict` ask the world of now. Throws PM_USAGE. */
function checkProbes(shell: Shell, target: Target, { probe, predict }: Flags): void {
  const { usage } = shell.m.cli;
  if (target.type === 'snapshot' && (probe === true || predict === true)) {
    throw shell.usageError(usage.probeSnapshot);
  }
  if (target.type === 'files' && predict === true) throw shell.usageError(usage.predictFiles);
}

async function asked(
  mender: Mender,
  target: Target,
  problems: readonly PullProblem[],
  flags: Flags,
): Promise<Pick<DiagnoseResult, 'reach' | 'prediction'>> {
  return {
    ...(flags.probe === true ? { reach: await mender.probe(problems, target) } : {}),
    ...(flags.predict === true && target.type === 'cluster'
      ? { prediction: await mender.predict(target) }
      : {}),
  };
}
