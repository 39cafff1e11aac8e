import type { ExitCode } from '../../../core/base/index.ts';
import { askingConsent } from '../consent.ts';
import { exitOfRun } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { onlyPlanned, runOptionsOf } from '../flags/options.ts';
import { readPlan } from '../plan-file.ts';
import { fixReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { endLines } from '../render/repair/outcome.ts';
import { wrap } from '../render/wrap.ts';
import type { Shell } from '../shell.ts';

export async function runApply(
  shell: Shell,
  [file = '-']: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { m, program } = shell.page;
  const plan = await readPlan(shell.context, file);
  const consent = askingConsent(shell);
  shell.progress.prepare(plan);
  const result =
    flags.dryRun === 'client'
      ? onlyPlanned(plan)
      : await (
          await shell.openMender()
        ).apply(plan, {
          ...runOptionsOf(flags),
          ...consent,
          allowUnverified: flags.allowUnverified ?? false,
        });
  shell.progress.showPrepared();
  shell.progress.finish();
  await shell.document(() => fixReport({ plan }, result, consent.leftOut, shell.page.lang));
  const ending = harmless({ result, plan, problems: [], seconds: consent.seconds() });
  const end = { ...ending, leftOut: consent.leftOut };
  shell.detail(['']);
  shell.result(
    result.outcome === 'nothing-to-do'
      ? wrap(m.run.usedUp(`${program} plan`, `${program} undo --list`), shell.page.width)
      : endLines(end, shell.page),
  );
  return exitOfRun(end);
}
