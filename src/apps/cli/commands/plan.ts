import { exitCode, redactAll, type ExitCode } from '../../../core/base/index.ts';
import type { PlanResult } from '../../../flows/index.ts';
import { askingConsent } from '../consent.ts';
import { provideMirrors, situationOf } from '../config-path.ts';
import type { Flags } from '../flags/flags.ts';
import { planOptionsOf, targetOf } from '../flags/options.ts';
import { writeOut } from '../out-file.ts';
import { asAsked, askedAbout } from '../render/diagnosis/reckoning.ts';
import { harmless } from '../render/harmless.ts';
import { reachLine } from '../render/repair/plan.ts';
import { serialize } from '../render/serialize.ts';
import type { Shell } from '../shell.ts';

export async function runPlan(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const target = targetOf(shell, flags, names);
  const mender = await shell.openMender(target);
  const { confirmCopy } = askingConsent(shell);
  const asking = confirmCopy === undefined ? {} : { confirmCopy };
  const result = await mender.plan(target, { ...planOptionsOf(flags), ...asking });
  shell.progress.showProblems(result.problems);
  shell.progress.showPlan(result.plan, result.supplies);
  shell.progress.finish();
  const safe = harmless(result);
  if (flags.quiet === true) shell.result(reachLine(safe.plan, safe.problems, shell.page));
  await shell.document(() => result.plan, { exact: 'all' });
  const asText = readerFormat(flags.output);
  if (asText !== undefined) shell.context.stdout.write(await requestText(shell, asText, result));
  const provided = await provideMirrors(shell, mender, situationOf(askedAbout(result), target));
  if (provided === 'trusted') return await runPlan(shell, names, { ...flags, allowUnverified: true });
  if (provided === 'again') return await runPlan(shell, names, flags);
  if (flags.source !== undefined || flags.patch !== undefined)
    await (await import('../delivered.ts')).writeDelivered(shell, mender, result.plan, flags);
  if (flags.out !== undefined) await write(shell, flags.out, result);
  return exitOf(result);
}

async function write(shell: Shell, file: string, result: PlanResult): Promise<void> {
  const { plan } = result;
  const asText = readerFormat(/\.(md|markdown|html?)$/i.exec(file)?.[1]);
  if (asText !== undefined) {
    await writeOut(shell, file, await requestText(shell, asText, result));
    const { changeRequestWords } = await import('../words/change-request/index.ts');
    shell.result([changeRequestWords(shell.page.lang).written(file)]);
    return;
  }
  const text = await serialize(plan, file.endsWith('.json') ? 'json' : 'yaml', { exact: 'all' });
  await writeOut(shell, file, text);
  shell.result([shell.m.plan.written(file, shell.context.program)]);
}

/** For people who read a plan elsewhere; `undefined` for what programs read. */
function readerFormat(text = ''): 'markdown' | 'html' | undefined {
  if (/^html?$/i.test(text)) return 'html';
  return /^(?:md|markdown)$/i.test(text) ? 'markdown' : undefined;
}

async function requestText(
  { context, page }: Shell,
  format: 'markdown' | 'html',
  { plan, problems }: PlanResult,
): Promise<string> {
  const { changeRequestText } = await import('../render/report/index.ts');
  return changeRequestText(redactAll({ plan, problems, version: context.version }), format, page);
}

function exitOf({ problems, plan }: PlanResult): ExitCode {
  if (problems.length === 0) return exitCode.done;
  if (plan.spec.steps.length === 0) return exitCode.nothingDone;
  return asAsked(plan).spec.unmended.length === 0 ? exitCode.done : exitCode.failuresLeft;
}
