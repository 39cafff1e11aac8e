import type { Receipt, RepairRecord, UndoOutcome } from '../../../../core/model/index.ts';
import { clusterLine } from '../diagnosis/cluster-line.ts';
import { localTime } from '../local-time.ts';
import { stepTitle, title } from '../names.ts';
import type { Page } from '../page.ts';
import { stepTable } from './plan.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

/** What a run changed, before it is taken back. */
export function recordScreen(record: RepairRecord, page: Page): readonly string[] {
  const { m, width } = page;
  const changed = record.status.receipts.filter(({ state }) => state === 'applied' || state === 'intended');
  const { name, createdAt } = record.metadata;
  const { cluster } = record.spec;
  return [
    ...(cluster === undefined ? [] : clusterLine(cluster, page)),
    ...wrap(m.run.undoTitle(name, localTime(createdAt), m.words.changes(changed.length)), width),
    '',
    ...stepTable(
      changed.map((receipt) => receipt.step),
      { indent: 2, most: 40 },
      page,
    ),
  ];
}

/** What undo did; what was left alone stands out. */
export function undoScreen(outcomes: readonly UndoOutcome[], page: Page): readonly string[] {
  const rows = Map.groupBy(outcomes, (one) => [title(one.object), undoText(one, page)].join('\n'));
  const cells = [...rows].map(([key, same]) => {
    const [name = '', text = ''] = key.split('\n');
    const [first] = same;
    const good = first?.outcome === 'restored' || first?.outcome === 'already';
    const mark = first?.outcome === 'kept' ? '·' : page.paint.doubtful('!');
    const places = same.length === 1 ? '' : ` (${page.m.words.places(same.length)})`;
    return [good ? page.paint.good('✔') : mark, name, text + places];
  });
  return table(cells, { indent: 2, width: page.width, widest: 38 });
}

function undoText({ outcome, path, detail }: UndoOutcome, { m }: Page): string {
  const good = outcome === 'restored' || outcome === 'already';
  const where = good || path === undefined ? '' : ` ${path}`;
  return `${m.run.undo[outcome]}${where}${detail === undefined ? '' : `: ${detail}`}`;
}

export function undoEnd(
  record: RepairRecord,
  outcomes: readonly UndoOutcome[],
  dryRun: boolean,
  page: Page,
): readonly string[] {
  const { m } = page;
  const restored = outcomes.filter(({ outcome }) => outcome === 'restored').length;
  const left = outcomes.filter(({ outcome }) => outcome === 'changed-since' || outcome === 'failed').length;
  const places = m.words.places(restored);
  const done = dryRun ? m.run.undoDry(places) : m.run.undoDone(places, record.metadata.name);
  return [
    ...wrap(restored === 0 ? m.run.undoNothing : done, page.width),
    ...(left === 0 ? [] : wrap(m.run.undoLeft(left), page.width)),
  ];
}

/** Runs as a table, newest first. */
export function runsScreen(runs: readonly RepairRecord[], page: Page): readonly string[] {
  const { m } = page;
  if (runs.length === 0) return [m.run.noRuns];
  const { run, time, state, who, objects } = m.run.runColumns;
  const rows = runs.map(({ metadata, spec, status }) => [
    metadata.name,
    localTime(metadata.createdAt),
    m.run.state[status.state],
    whoText(spec),
    objectsText(status.receipts, page),
  ]);
  return table([[run, time, state, who, objects], ...rows], { indent: 0, width: page.width });
}

/** `ann@host`; of a service account the name alone. */
function whoText({ user, host }: RepairRecord['spec']): string {
  const name = user?.replace(/^system:serviceaccount:[^:]+:/, '');
  return [name, host].filter((part) => part !== undefined).join('@');
}

/** More than these are as good as a number. */
const mostObjects = 3;

function objectsText(receipts: readonly Receipt[], { m }: Page): string {
  const changed = receipts.filter(({ state }) => state !== 'failed');
  const names = [...new Set(changed.map(({ step }) => stepTitle(step)))];
  const more = names.length - mostObjects;
  return [...names.slice(0, mostObjects), ...(more > 0 ? [m.words.more(more)] : [])].join(', ');
}
