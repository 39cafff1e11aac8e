import { stripVTControlCharacters } from 'node:util';
import type { PullProblem, RepairPlan, Step, Unmended } from '../../../../core/model/index.ts';
import { previewOf } from '../../../../steps/previews.ts';
import { causeName } from '../diagnosis/causes.ts';
import { planDiff } from '../files/diff.ts';
import { localTime } from '../local-time.ts';
import { shellWord, stepTitle, title } from '../names.ts';
import type { Page } from '../page.ts';
import { reachLine } from '../repair/plan.ts';
import { lossText, stepAction, stepNotes } from '../repair/step-text.ts';
import { leftTexts } from '../repair/unmended.ts';
import { changeRequestWords } from '../../words/change-request/index.ts';
import type { Block, Pages } from './blocks.ts';

/** Commands of what is left alone; each object has one or two. */
const mostCommands = 20;

export type ChangeRequestInput = {
  readonly plan: RepairPlan;
  readonly problems: readonly PullProblem[];
  readonly version: string;
  /** The plan's file, where it is known. */
  readonly file?: string;
};

/** A plan as somebody reads it who has to agree: what, how dangerous, in which order, how checked, how taken back. */
export function changeRequest(input: ChangeRequestInput, page: Page): Pages {
  const { plan, problems, version } = input;
  const wide: Page = { ...page, width: Number.MAX_SAFE_INTEGER };
  const { steps, cluster } = plan.spec;
  const m = changeRequestWords(page.lang);
  return {
    title: m.title,
    headline: stripVTControlCharacters(reachLine(plan, problems, wide).join(' ')),
    about: [
      ...(cluster === undefined ? [] : [page.m.problems.cluster(cluster.context), cluster.version]),
      plan.metadata.name,
      page.m.report.writtenAt(localTime(Date.parse(plan.metadata.createdAt))),
    ].join(' · '),
    blocks: [
      ...summary(input, page),
      ...(steps.length === 0
        ? [paragraph(m.none)]
        : [...risk(plan, page), ...changes(plan, wide), ...checks(steps, page), ...commands(input, page)]),
      ...left(plan.spec.unmended, wide),
    ],
    made: page.m.report.madeBy(version),
  };
}

function heading(text: string, level: 2 | 3 = 2): Block {
  return { is: 'heading', level, text };
}

function paragraph(text: string): Block {
  return { is: 'text', text };
}

function summary({ plan, problems }: ChangeRequestInput, page: Page): readonly Block[] {
  const { table, identity, summary: head } = changeRequestWords(page.lang);
  const rows = plan.spec.replacements.map(({ image, with: copy, identity: same }) => {
    const problem = problems.find(({ spec }) => spec.image === image);
    return [
      { text: image, name: true },
      { text: problem === undefined ? '' : causeName(problem, page) },
      { text: String(problem?.status.pods ?? '') },
      { text: copy, name: true },
      { text: identity[same] },
    ] as const;
  });
  if (rows.length === 0) return [];
  const columns = [table.image, table.cause, table.pods, table.by, table.same];
  return [heading(head), { is: 'table', columns, rows }];
}

/** What could go wrong, the worst first. */
function risk({ spec }: RepairPlan, page: Page): readonly Block[] {
  const m = changeRequestWords(page.lang);
  const { steps, replacements } = spec;
  const losses = steps.flatMap((step) =>
    step.loss === undefined ? [] : [m.lost(stepTitle(step), lossText(step.loss, page))],
  );
  const unproved = replacements.filter(({ identity }) => identity !== 'same').length;
  const replaced = steps.flatMap((step) =>
    step.replaces === undefined || step.loss !== undefined
      ? []
      : [m.replaced(stepTitle(step), page.m.words.pods(step.replaces))],
  );
  const items = [
    ...(losses.length === 0 ? [m.notLost] : losses),
    ...(unproved === 0 ? [] : [m.unproved(unproved)]),
    ...replaced,
  ];
  return [heading(m.risk), { is: 'list', items }];
}

function changes(plan: RepairPlan, page: Page): readonly Block[] {
  const m = changeRequestWords(page.lang);
  return [
    heading(m.changes),
    ...plan.spec.steps.flatMap((step, index): readonly Block[] => {
      const lines = planDiff({ ...plan, spec: { ...plan.spec, steps: [step] } }, page).slice(1);
      const diff = lines
        .map((line) => stripVTControlCharacters(line).replace(/^ {2}/, ''))
        .join('\n')
        .trim();
      const notes = [
        stepAction(step, page),
        ...stepNotes(step, page),
        ...(step.follows === undefined ? [] : [m.follows(page.m.words.list(step.follows))]),
      ];
      return [
        heading(`${index + 1}. ${stepTitle(step)}`, 3),
        paragraph(stripVTControlCharacters(page.m.words.sentences(notes))),
        ...(diff === '' ? [] : [{ is: 'code', language: 'diff', text: diff } as const]),
      ];
    }),
  ];
}

function checks(steps: readonly Step[], page: Page): readonly Block[] {
  const m = changeRequestWords(page.lang);
  const items = steps.flatMap((step) =>
    step.expect.length === 0
      ? previewOf(step).waits
        ? [m.claims(stepTitle(step))]
        : []
      : step.expect.map(({ container, imageAfter }) => m.proof(stepTitle(step), container, imageAfter)),
  );
  return [
    heading(m.check),
    paragraph(m.proofs),
    ...(items.length === 0 ? [] : [{ is: 'list', items: [...new Set(items)] } as const]),
  ];
}

function commands({ plan, file = 'plan.yaml' }: ChangeRequestInput, page: Page): readonly Block[] {
  const { back, undo } = changeRequestWords(page.lang);
  const text = [`${page.program} apply ${shellWord(file)}`, `${page.program} undo ${plan.metadata.name}`];
  return [heading(back), { is: 'code', language: 'sh', text: text.join('\n') }, paragraph(undo)];
}

/** Whose move it is, with what they can do. */
function left(unmended: readonly Unmended[], page: Page): readonly Block[] {
  if (unmended.length === 0) return [];
  const { left: head, table } = changeRequestWords(page.lang);
  const texts = unmended.map((one) => ({ one, ...leftTexts(one, page) }));
  const rows = texts.map(
    ({ one, why, advice }) =>
      [
        { text: title(one.object), name: true },
        { text: one.image, name: true },
        { text: page.m.words.sentences([why, advice].filter(Boolean)) },
      ] as const,
  );
  const all = [...new Set(texts.flatMap((one) => one.commands))].slice(0, mostCommands);
  return [
    heading(head),
    { is: 'table', columns: [table.object, table.image, table.why], rows },
    { is: 'code', language: 'sh', text: all.join('\n') },
  ];
}
