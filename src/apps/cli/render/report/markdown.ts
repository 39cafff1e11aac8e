import type { Page } from '../page.ts';
import { code, fenced, tableOf, text } from './markdown-text.ts';
import { isOfFiles, type Report, type ReportEntry } from './report.ts';

/** Rows of the list of containers; an issue takes at most 64 KiB. */
const mostRows = 10;
/** Of a longer text the start; the whole stands in the JSON. */
const mostEvidence = 2000;

/** The report as GitHub-flavoured Markdown, to be pasted into an issue or a change request. */
export function markdownReport(report: Report, page: Page): string {
  const { report: m } = page.m;
  const head = [`# ${text(report.title)}`, `**${text(report.headline)}**`, text(report.about.join(' · '))];
  const blocks = report.entries.length === 0 ? [] : [overview(report, page), `## ${m.evidence}`];
  const entries = report.entries.map((entry, index) => section(entry, index + 1, page));
  const last = [...report.notes.map(text), ...foreseen(report, page)];
  return (
    [
      ...head,
      ...blocks,
      ...entries,
      ...stalled(report, page),
      ...findings(report),
      ...last,
      `<sub>${text(report.made)}</sub>`,
    ].join('\n\n') + '\n'
  );
}

function stalled({ stalled: ways }: Report, { m }: Page): readonly string[] {
  if (ways.length === 0) return [];
  return [`## ${m.problems.withoutImage}`, ways.map((way) => `- ${text(way)}`).join('\n')];
}

function findings({ findings: all }: Report): readonly string[] {
  return all.flatMap(({ title, says, advice, commands }) => [
    `## ${text(title)}`,
    ...(says === undefined ? [] : [fenced(says, '')]),
    text(advice),
    ...(commands.length === 0 ? [] : [fenced(commands.join('\n'), 'sh')]),
  ]);
}

function foreseen({ prediction }: Report, page: Page): readonly string[] {
  if (prediction === undefined) return [];
  const { table } = page.m.report;
  const { reach } = page.m;
  const rows = prediction.rows.map(({ image, answer, pods, owners }) => [
    code(image),
    text(answer),
    String(pods),
    listed(owners, page),
  ]);
  const unknown = prediction.unknown.map(
    ({ image, detail }) => `- ${page.m.words.labelled(code(image), text(detail))}`,
  );
  return [
    `## ${text(prediction.title)}`,
    ...(rows.length === 0 ? [] : [tableOf([table.image, reach.asked, table.pods, table.owners], rows)]),
    ...(unknown.length === 0
      ? []
      : [`${text(reach.notKnown(page.m.words.images(unknown.length)))}:`, unknown.join('\n')]),
  ];
}

function overview({ entries }: Report, page: Page): string {
  const { table } = page.m.report;
  const isFiles = isOfFiles(entries);
  const counts = isFiles ? [table.files, table.places] : [table.pods, table.owners];
  const columns = ['', table.image, table.cause, ...counts, table.move];
  const rows = entries.map((entry, index) => [
    String(index + 1),
    code(entry.image),
    code(entry.failure),
    String(isFiles ? entry.files : entry.pods),
    String(isFiles ? entry.places.length : entry.owners.length),
    text(entry.move),
  ]);
  return tableOf(columns, rows);
}

function section(entry: ReportEntry, number: number, page: Page): string {
  const { labels } = page.m.report;
  const lines: readonly (readonly [label: string, value: string])[] = [
    [labels.means, text(page.m.words.labelled(entry.cause, entry.meaning))],
    [labels.answers, entry.endpoint === '' ? '' : code(entry.endpoint)],
    [labels.nodes, text(entry.nodes)],
    [labels.since, text(entry.since)],
    [labels.workloads, listed(entry.owners, page)],
    [labels.places, listed(entry.places, page)],
    [labels.waits, text(page.m.words.sentences(entry.waits))],
    [labels.also, page.m.words.list(entry.also.map(code))],
    [page.m.reach.label, page.m.words.sentences(entry.seen.map(text))],
    [labels.move, text(entry.move)],
    [labels.works, text(page.m.words.sentences(entry.works))],
    [labels.useless, text(page.m.words.sentences(entry.useless))],
    [labels.mirror, text(entry.mirror)],
  ];
  const facts = lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `- ${page.m.words.labelled(label, value)}`);
  return [
    `### ${number}. ${code(entry.image)}`,
    facts.join('\n'),
    ...(entry.commands.length === 0 ? [] : [fenced(entry.commands.join('\n'), 'sh')]),
    ...(entry.evidence === '' ? [] : [`${labels.says}:`, fenced(shorten(entry.evidence), 'text')]),
    ...containers(entry, page),
  ].join('\n\n');
}

function containers(entry: ReportEntry, page: Page): readonly string[] {
  if (entry.containers.length === 0) return [];
  const { table } = page.m.report;
  const shown = entry.containers.slice(0, mostRows);
  const left = entry.containers.length - shown.length + entry.moreContainers;
  const rows = shown.map(({ pod, container, node, reason }) => [
    code(pod),
    code(container),
    code(node),
    code(reason),
  ]);
  return [
    tableOf([table.pod, table.container, table.node, table.reason], rows),
    ...(left > 0 ? [page.m.words.more(left)] : []),
  ];
}

function listed(names: readonly string[], page: Page): string {
  const shown = names.slice(0, mostRows).map(code);
  return [...shown, ...(names.length > mostRows ? [page.m.words.more(names.length - mostRows)] : [])].join(
    ', ',
  );
}

function shorten(plain: string): string {
  return plain.length > mostEvidence ? `${plain.slice(0, mostEvidence)}…` : plain;
}
