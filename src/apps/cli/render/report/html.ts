import type { PullProblem } from '../../../../core/model/index.ts';
import { causeGroups, causeName } from '../diagnosis/causes.ts';
import type { Page } from '../page.ts';
import { escapeHtml } from './escape.ts';
import { htmlFile } from './html-page.ts';
import { picture } from './picture.ts';
import { isOfFiles, type Report, type ReportEntry } from './report.ts';

/** With more images the picture comes before the table, so that it stays on the first screens. */
const mostRows = 12;
/** Workloads of one image that are named. */
const mostNames = 20;
/** Sorts the table of images by the column that is clicked; without it all is there in the order of pods. */
const script = `
for (const head of document.querySelectorAll('.overview th')) head.addEventListener('click', () => {
  const body = head.closest('table').tBodies[0];
  const up = head.getAttribute('aria-sort') === 'descending';
  const value = (row) => row.cells[head.cellIndex].textContent;
  const rows = [...body.rows].sort((a, b) => value(a).localeCompare(value(b), undefined, { numeric: true }));
  for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  body.append(...(up ? rows : rows.reverse()));
});
`;

/** The report as one file that needs no network: the numbers, the picture, the evidence. */
export function htmlReport(report: Report, problems: readonly PullProblem[], page: Page): string {
  const { report: m } = page.m;
  const isMany = report.entries.length > mostRows;
  const body =
    report.entries.length === 0
      ? []
      : [
          ...(isMany ? [causes(problems, page)] : [overview(report, page)]),
          `<h2>${escapeHtml(m.picture)}</h2>`,
          `<div class="picture">${picture(report, problems, page)}</div>`,
          ...(isMany ? [`<h2>${escapeHtml(m.columns.images)}</h2>`, overview(report, page)] : []),
          `<h2>${escapeHtml(m.evidence)}</h2>`,
          ...report.entries.map((entry, index) => section(entry, index + 1, page)),
        ];
  return htmlFile({
    lang: page.lang,
    title: report.title,
    headline: report.headline,
    about: report.about.join(' · '),
    body: [
      ...body,
      ...stalled(report, page),
      ...findings(report),
      ...report.notes.map((note) => `<p class="label">${escapeHtml(note)}</p>`),
      ...foreseen(report, page),
    ],
    made: report.made,
    script,
  });
}

function foreseen({ prediction }: Report, page: Page): readonly string[] {
  if (prediction === undefined) return [];
  const { table } = page.m.report;
  const { reach } = page.m;
  const head = row('th', [[table.image], [reach.asked], [table.pods, 'number'], [table.owners]]);
  const rows = prediction.rows.map(
    ({ image, answer, pods, owners }) =>
      `<tr>${row('td', [[image, 'name'], [answer], [String(pods), 'number'], [page.m.words.list(listed(owners, page)), 'name']])}</tr>`,
  );
  const unknown = prediction.unknown.map(
    ({ image, detail }) => `<dt>${escapeHtml(image)}</dt><dd>${escapeHtml(detail)}</dd>`,
  );
  return [
    `<h2>${escapeHtml(prediction.title)}</h2>`,
    ...(rows.length === 0
      ? []
      : [`<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`]),
    ...(unknown.length === 0
      ? []
      : [
          `<p class="label">${escapeHtml(reach.notKnown(page.m.words.images(unknown.length)))}</p>`,
          `<dl>${unknown.join('')}</dl>`,
        ]),
  ];
}

function stalled({ stalled: ways }: Report, page: Page): readonly string[] {
  if (ways.length === 0) return [];
  const items = listed(ways, page).map((way) => `<li>${escapeHtml(way)}</li>`);
  return [`<h2>${escapeHtml(page.m.problems.withoutImage)}</h2>`, `<ul>${items.join('')}</ul>`];
}

function findings({ findings: all }: Report): readonly string[] {
  return all.flatMap(({ title, says, advice, commands }) => [
    `<h2>${escapeHtml(title)}</h2>`,
    ...(says === undefined ? [] : [`<pre>${escapeHtml(says)}</pre>`]),
    `<p>${escapeHtml(advice)}</p>`,
    ...(commands.length === 0 ? [] : [`<pre>${escapeHtml(commands.join('\n'))}</pre>`]),
  ]);
}

function overview({ entries }: Report, page: Page): string {
  const { table } = page.m.report;
  const isFiles = isOfFiles(entries);
  const head = row('th', [
    [table.image],
    [table.cause],
    [isFiles ? table.files : table.pods, 'number'],
    [isFiles ? table.places : table.owners, 'number'],
    [table.move],
  ]);
  const rows = entries.map(
    (entry) =>
      `<tr><td class="name"><a href="#${escapeHtml(entry.id)}">${escapeHtml(entry.image)}</a></td>` +
      row('td', [
        [entry.failure, 'class'],
        [String(isFiles ? entry.files : entry.pods), 'number'],
        [String(isFiles ? entry.places.length : entry.owners.length), 'number'],
        [entry.move],
      ]) +
      '</tr>',
  );
  return `<table class="overview">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

/** Causes first where there are many images. */
function causes(problems: readonly PullProblem[], page: Page): string {
  const { table, columns } = page.m.report;
  const { words } = page.m;
  const head = row('th', [[table.cause], [columns.images, 'number'], [table.pods, 'number']]);
  const rows = causeGroups(problems).map(
    ({ first, problems: own, pods }) =>
      `<tr>${row('td', [
        [causeName(first, page), 'class'],
        [words.images(own.length), 'number'],
        [words.pods(pods), 'number'],
      ])}</tr>`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function section(entry: ReportEntry, number: number, page: Page): string {
  const { labels } = page.m.report;
  const facts: readonly (readonly [label: string, values: readonly string[]])[] = [
    [labels.means, [page.m.words.labelled(entry.cause, entry.meaning)]],
    [labels.answers, [entry.endpoint]],
    [labels.nodes, [entry.nodes]],
    [labels.since, [entry.since]],
    [labels.workloads, listed(entry.owners, page)],
    [labels.places, listed(entry.places, page)],
    [page.m.report.labels.waits, listed(entry.waits, page)],
    [labels.also, entry.also],
    [page.m.reach.label, entry.seen],
    [labels.move, [entry.move]],
    [labels.works, entry.works],
    [labels.useless, entry.useless],
    [labels.mirror, [entry.mirror]],
  ];
  const list = facts
    .map(([label, values]) => [label, values.filter((value) => value !== '')] as const)
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => `<dt>${escapeHtml(label)}</dt><dd>${values.map(escapeHtml).join('<br>')}</dd>`);
  return [
    `<section id="${escapeHtml(entry.id)}">`,
    `<h3>${number}. ${escapeHtml(entry.image)}</h3>`,
    `<dl>${list.join('')}</dl>`,
    ...block(labels.commands, entry.commands.join('\n')),
    ...block(labels.says, entry.evidence),
    ...containers(entry, page),
    '</section>',
  ].join('\n');
}

function listed(names: readonly string[], { m }: Page): readonly string[] {
  const left = names.length - mostNames;
  return left > 0 ? [...names.slice(0, mostNames), m.words.more(left)] : names;
}

function block(label: string, text: string): readonly string[] {
  return text === '' ? [] : [`<p class="label">${escapeHtml(label)}</p><pre>${escapeHtml(text)}</pre>`];
}

function containers(entry: ReportEntry, page: Page): readonly string[] {
  if (entry.containers.length === 0) return [];
  const { table, labels } = page.m.report;
  const count = entry.containers.length + entry.moreContainers;
  const rows = entry.containers.map(
    ({ pod, container, node, reason }) =>
      `<tr>${row('td', [[pod, 'name'], [container, 'name'], [node, 'name'], [reason]])}</tr>`,
  );
  const more =
    entry.moreContainers === 0 ? '' : `<p class="label">${page.m.words.more(entry.moreContainers)}</p>`;
  const head = row('th', [[table.pod], [table.container], [table.node], [table.reason]]);
  return [
    `<details><summary>${escapeHtml(labels.containers)} (${count})</summary>`,
    `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}</details>`,
  ];
}

function row(tag: 'td' | 'th', cells: readonly (readonly [text: string, name?: string])[]): string {
  return cells
    .map(
      ([text, name]) => `<${tag}${name === undefined ? '' : ` class="${name}"`}>${escapeHtml(text)}</${tag}>`,
    )
    .join('');
}
