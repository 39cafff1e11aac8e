import type { PullmendError } from '../../../../core/base/index.ts';
import type { Step, UndoOutcome, Verdict } from '../../../../core/model/index.ts';
import { harmlessText } from '../harmless.ts';
import { stepTitle } from '../names.ts';
import type { Page } from '../page.ts';
import { stepAction } from './step-text.ts';
import { padTo, textWidth, wrap } from '../wrap.ts';

const nameColumns = 36;
const actionColumns = 16;
const reasonIndent = '      ';

/** `  ✔ CronJob shop/cleanup     image     0.3 s`; a long name pushes the rest to the next line. */
export function stepLine(mark: string, step: Step, end: string, page: Page): readonly string[] {
  const name = stepTitle(step);
  const rest = `${padTo(stepAction(step, page), actionColumns)}  ${end}`.trimEnd();
  const line = `  ${mark} ${padTo(name, nameColumns)}  ${rest}`;
  if (textWidth(name) <= nameColumns && textWidth(line) <= page.width) return [line];
  const [first = '', ...more] = wrap(name, page.width - 4);
  return [
    `  ${mark} ${first}`,
    ...more.map((text) => `    ${text}`),
    ...wrap(rest.replace(/ {2,}/g, '  '), page.width - 6).map((text) => reasonIndent + text),
  ];
}

export function failedLines(step: Step, error: PullmendError, page: Page): readonly string[] {
  const text = error.text(page.lang);
  return [
    ...stepLine(page.paint.bad('✘'), step, '', page),
    ...reason(`${error.code}  ${harmlessText(text.what)}`, page),
    ...(text.do === undefined ? [] : [`${reasonIndent}${harmlessText(text.do)}`]),
  ];
}

export function verdictLines(step: Step, verdict: Verdict, page: Page): readonly string[] {
  const { m, paint } = page;
  const time = m.words.duration(verdict.seconds);
  const why = whyOf(verdict, page);
  switch (verdict.result) {
    case 'proved':
      return [
        ...stepLine(paint.good('✔'), step, time, page),
        ...(verdict.others ?? []).flatMap((words) => reason(m.run.others(words), page)),
      ];
    case 'nothing-runs':
      // Nothing has proved it yet.
      return [...stepLine('·', step, time, page), ...reason(m.run.nothingRuns, page)];
    case 'failing':
      return [
        ...stepLine(paint.bad('✘'), step, time, page),
        ...reason(why === undefined ? m.run.failingSilently : m.run.failing(why), page),
      ];
    case 'reverted':
      return [
        ...stepLine(paint.bad('✘'), step, time, page),
        ...reason(why === undefined ? m.run.revertedSilently : m.run.reverted(why), page),
      ];
  }
}

function whyOf({ reason: code, detail, by }: Verdict, { m }: Page): string | undefined {
  return code === undefined ? detail : m.run.verdict[code](detail ?? '', by ?? m.run.somebody);
}

export function rolledBackLines(step: Step, outcomes: readonly UndoOutcome[], page: Page): readonly string[] {
  const { m, paint } = page;
  const clean = outcomes.every(({ outcome }) => outcome !== 'failed' && outcome !== 'changed-since');
  return stepLine(paint.doubtful('↩'), step, clean ? m.run.rolledBack : m.run.rolledBackPartly, page);
}

function reason(text: string, page: Page): readonly string[] {
  return wrap(text, page.width - reasonIndent.length).map((line) => reasonIndent + line);
}
