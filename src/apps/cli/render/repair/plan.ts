import type { PullProblem, RepairPlan, Step } from '../../../../core/model/index.ts';
import { previewOf } from '../../../../steps/previews.ts';
import { filesOf, stepTitle } from '../names.ts';
import type { Page } from '../page.ts';
import { leftPodCount, podCount } from '../diagnosis/reckoning.ts';

import { stepAction, stepNotes } from './step-text.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

/** The reach of a plan in one line: how much changes where, what is lost, what should come of it. */
export function reachLine(
  plan: RepairPlan,
  problems: readonly PullProblem[] | undefined,
  page: Page,
): readonly string[] {
  const { steps, replacements } = plan.spec;
  const { m } = page;
  if (steps.length === 0) return wrap(m.plan.nothing, page.width);
  const losses = steps.filter((step) => step.loss !== undefined).length;
  const doubtful = replacements.filter((replacement) => replacement.identity !== 'same').length;
  const parts = [
    whereText(steps, page),
    losses === 0 ? m.plan.nothingLost : m.plan.destructive(losses),
    ...(doubtful === 0 ? [] : [m.plan.unverified(doubtful)]),
  ];
  const pods = problems === undefined ? 0 : podCount(problems) - leftPodCount(problems, plan);
  const end = pods > 0 ? ` · ${m.plan.shouldStart(m.words.pods(pods))}` : '';
  return wrap(m.plan.reach(page.m.words.clauses(parts)) + end, page.width);
}

function whereText(steps: readonly Step[], { m }: Page): string {
  const files = new Set(filesOf(steps));
  const namespaces = new Set(steps.flatMap((step) => step.object.namespace ?? []));
  const changes = steps.reduce((n, step) => n + previewOf(step).changes, 0);
  const nodes = new Set(steps.flatMap(nodesOf));
  const where = [
    ...(files.size > 0 ? [m.words.files(files.size)] : []),
    ...(namespaces.size > 0 ? [m.words.namespaces(namespaces.size)] : []),
    ...(nodes.size > 0 ? [m.words.nodes(nodes.size)] : []),
  ];
  return m.plan.inPlaces(m.words.changes(changes), m.words.list(where));
}

/** Nodes that a step changes. */
function nodesOf(step: Step): readonly string[] {
  const { action } = previewOf(step);
  if (action.does === 'name-on-nodes' || action.does === 'load-on-nodes') return action.nodes;
  return action.does === 'node-files' ? [action.node] : [];
}

/** What is done about the cluster itself: no image is the reason. */
export function clusterSteps({ spec }: RepairPlan, page: Page): readonly string[] {
  const own = spec.steps.filter((step) => previewOf(step).action.does === 'mark-default');
  if (own.length === 0) return [];
  return ['', page.paint.strong(page.m.plan.ofCluster), ...stepTable(own, { indent: 2, most: 12 }, page)];
}

/** Steps as a table: what is changed, and how. */
export function stepTable(
  steps: readonly Step[],
  { indent, most }: { readonly indent: number; readonly most: number },
  page: Page,
): readonly string[] {
  const rows = steps.map((step) => [stepTitle(step), withNotes(step, page)]);
  const lines = table(rows.slice(0, steps.length > most ? most - 1 : most), {
    indent,
    width: page.width,
    widest: 34,
  });

  if (steps.length <= most) return lines;
  return [...lines, `${' '.repeat(indent)}${page.m.words.more(steps.length - most + 1)}`];
}

function withNotes(step: Step, page: Page): string {
  const notes = stepNotes(step, page);
  const action = stepAction(step, page);
  return notes.length === 0 ? action : page.m.words.withAside(action, page.m.words.sentences(notes));
}

/** A plan that was read from a file: its images, then its steps. */
export function planScreen(plan: RepairPlan, page: Page): readonly string[] {
  const { replacements, steps } = plan.spec;
  const copies = replacements.flatMap((replacement) => [
    ...wrap(replacement.image, page.width),
    ...wrap(`→ ${replacement.with}`, page.width - 3).map((line) => `   ${line}`),
  ]);
  return [...copies, '', ...stepTable(steps, { indent: 2, most: 40 }, page), ''];
}
