import { PullmendError } from '../../core/base/index.ts';
import type { Candidate, RepairPlan, RepairRecord, Step } from '../../core/model/index.ts';
import type { ApplyOptions, PlanOptions } from '../../flows/index.ts';
import { unwritable } from './file-errors.ts';
import { isDryRun, lossAccepted, lossName } from './flags/options.ts';
import { planDiff } from './render/files/diff.ts';
import { harmless } from './render/harmless.ts';
import { stepTitle } from './render/names.ts';
import { lossText } from './render/repair/step-text.ts';
import { serialize } from './render/serialize.ts';
import { recordScreen } from './render/repair/undo.ts';
import type { Shell } from './shell.ts';

export type Consent = Pick<ApplyOptions, 'confirm' | 'confirmLoss'> &
  Pick<PlanOptions, 'confirmCopy'> & {
    readonly confirmUndo: (record: RepairRecord) => Promise<boolean>;
    /** Steps that lose something and that nobody agreed to, by id. */
    readonly leftOut: ReadonlySet<string>;
    /** Seconds since the last answer: what the work itself took. */
    readonly seconds: () => number;
  };

/**
 * A yes or no to one question, which `--yes` answers. Throws PM_NEEDS_YES where nobody can answer.
 *
 * @param show prints what it is about, when it is really asked.
 */
export async function saysYes(shell: Shell, question: string, show?: () => void): Promise<boolean> {
  if (shell.flags.yes === true) return true;
  const ask = shell.format === 'table' ? shell.context.ask : undefined;
  if (ask === undefined) throw new PullmendError('PM_NEEDS_YES', { command: shell.line });
  show?.();
  shell.screen.close();
  return /^\s*y/i.test((await ask(`${question}  `)) ?? '');
}

/**
 * Asks before anything changes. `--yes` answers for the whole plan, never for a step that loses something;
 * those take `--accept-loss` or an answer of their own. Throws PM_NEEDS_YES where nobody can answer.
 */
export function askingConsent(shell: Shell): Consent {
  const { context, flags, page, m } = shell;
  const leftOut = new Set<string>();
  let answered = context.now();
  const ask = shell.format === 'table' ? context.ask : undefined;
  const demandYes = (): void => {
    if (flags.yes !== true && ask === undefined)
      throw new PullmendError('PM_NEEDS_YES', { command: shell.line });
  };
  const answer = async (question: string, letters: string): Promise<string> => {
    shell.screen.close();
    for (;;) {
      const line = await ask?.(`${question}  `);
      answered = context.now();
      context.signal.throwIfAborted();
      // The end of input is a no: nothing changes without a yes.
      if (line === undefined) return 'n';
      const letter = line.trim().charAt(0).toLowerCase();
      if (letter !== '' && letters.includes(letter)) return letter;
      shell.result([m.cli.ask.again]);
    }
  };
  return {
    leftOut,
    seconds: () => (context.now() - answered) / 1000,
    confirm: async (plan) => {
      shell.progress.showPlan(plan);
      demandYes();
      answered = context.now();
      if (flags.yes === true) return true;
      // Nobody says yes to what he cannot see.
      if (flags.quiet === true || !context.stdout.isTerminal) {
        context.stderr.write(
          shell.progress
            .reach()
            .map((text) => `${text}\n`)
            .join(''),
        );
      }
      for (;;) {
        const letter = await answer(m.cli.ask.apply, 'yndp');
        if (letter === 'd') shell.result(['', ...planDiff(harmless(agreedPart(plan, leftOut)), page)]);
        else if (letter === 'p') shell.result([await writePlan(shell, plan)]);
        else return letter === 'y';
      }
    },
    confirmLoss: async (step) => {
      shell.progress.showPrepared();
      if (isDryRun(flags) || lossAccepted(step, flags.acceptLoss)) return true;
      demandYes();
      const yes = ask !== undefined && (await answer(lossQuestion(step, shell), 'yn')) === 'y';
      if (!yes) {
        leftOut.add(step.id);
        shell.result([leftOutText(step, shell, ask === undefined)]);
      }
      return yes;
    },
    ...(ask === undefined
      ? {}
      : {
          confirmCopy: async (image, copy) =>
            (await answer(copyQuestion(harmless({ image, copy }), shell), 'yn')) === 'y',
        }),
    confirmUndo: async (record) => {
      shell.detail([...recordScreen(harmless(record), page), '']);
      if (isDryRun(flags) || flags.yes === true) return true;
      demandYes();
      return (await answer(m.cli.ask.undo, 'yn')) === 'y';
    },
  };
}

function agreedPart(plan: RepairPlan, leftOut: ReadonlySet<string>): RepairPlan {
  const steps = plan.spec.steps.filter((step) => !leftOut.has(step.id));
  return { ...plan, spec: { ...plan.spec, steps } };
}

function copyQuestion(
  { image, copy }: { readonly image: string; readonly copy: Candidate },
  { m }: Shell,
): string {
  return `${m.plan.copyQuestion(image, copy.reference, copy.mirror)} ${m.cli.ask.loss}`;
}

function lossQuestion(step: Step, { m }: Shell): string {
  const safe = harmless(step);
  const loss = safe.loss === undefined ? '' : lossText(safe.loss, { m });
  return `${m.plan.lossQuestion(stepTitle(safe), loss)} ${m.cli.ask.loss}`;
}

function leftOutText(step: Step, { m }: Shell, unasked: boolean): string {
  const safe = harmless(step);
  return unasked
    ? m.plan.lossLeftOut(stepTitle(safe), `--accept-loss ${lossName(safe)}`)
    : m.plan.lossDeclined(stepTitle(safe));
}

/** Beside the person, under the name of the plan; a file that is there already stays. */
async function writePlan({ context, m, page }: Shell, plan: RepairPlan): Promise<string> {
  const file = `pullmend-${plan.metadata.name.replaceAll(/[^\w.-]/g, '_')}.yaml`;
  try {
    await context.writeFile(file, await serialize(plan, 'yaml', { exact: 'all' }), { replace: false });
    return m.cli.ask.planWritten(file);
  } catch (error) {
    return unwritable(file, error).text(page.lang).what;
  }
}
