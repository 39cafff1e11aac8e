import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { askingConsent } from '../consent.ts';
import { exitOfRun } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { runOptionsOf } from '../flags/options.ts';
import { fixReport } from '../render/documents/index.ts';
import { nodeConfigList } from '../render/documents/node-config.ts';
import { harmless } from '../render/harmless.ts';
import { loadScreen } from '../render/nodes/node-load.ts';
import { endLines } from '../render/repair/outcome.ts';
import type { Shell } from '../shell.ts';

/** Gives nodes an image that this machine can read. */
export async function runNodeLoad(
  shell: Shell,
  [image = '', ...names]: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  const made = await mender.planNodeLoad(image, names);
  shell.progress.finish();
  shell.detail(loadScreen(harmless(made), shell.page));
  const [first] = made.nodes.flatMap((one) => (one.ok ? [] : [one.error]));
  if (first !== undefined && made.plan.spec.steps.length === 0) throw first;
  const consent = askingConsent(shell);
  const options = { ...runOptionsOf(flags), ...consent, allowUnverified: false };
  const result = await mender.apply(made.plan, options);
  shell.progress.finish();
  await shell.document(() => ({
    ...fixReport({ plan: made.plan }, result, consent.leftOut, shell.page.lang),
    nodes: nodeConfigList('NodeLoadList', made.nodes)['items'],
  }));
  if (result.outcome === 'nothing-to-do') {
    shell.result([shell.m.nodeLoad.nothing]);
    return exitCode.done;
  }
  const ending = harmless({ result, plan: made.plan, problems: [], seconds: consent.seconds() });
  const end = { ...ending, leftOut: consent.leftOut };
  shell.result(endLines(end, shell.page));
  return first === undefined ? exitOfRun(end) : exitCode.failuresLeft;
}
