import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { targetOf } from '../flags/options.ts';
import { stalledBlocks } from '../render/chains.ts';
import { harmless } from '../render/harmless.ts';
import { problemBlocks, problemsTitle } from '../render/problems.ts';
import { wantedReport, writeReport } from '../report-file.ts';
import type { Shell } from '../shell.ts';

export async function runDiagnose(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const target = targetOf(shell, flags, names);
  const wanted = wantedReport(shell, flags);
  const mender = await shell.openMender(target);
  const result = await mender.diagnose(target);
  const problems = harmless(result.problems);
  shell.progress.showProblems(problems);
  shell.progress.finish();
  const { nodes } = shell.progress;
  const known = { evidence: true, ...(nodes === undefined ? {} : { nodes }) };
  shell.detail(problemBlocks(problems, known, shell.page));
  shell.detail(stalledBlocks(harmless(result.chains ?? []), shell.page));
  if (flags.quiet === true) shell.result(problemsTitle(problems, undefined, shell.page));
  if (wanted !== undefined) await writeReport(shell, wanted, result);
  const clean = problems.length === 0 && (result.chains ?? []).length === 0;
  return clean ? exitCode.done : exitCode.failuresLeft;
}
