import type { PullProblem } from '../../../../core/model/index.ts';
import { title } from '../names.ts';
import type { Page } from '../page.ts';
import { textWidth } from '../wrap.ts';
import { escapeHtml } from './escape.ts';
import { layOut, type Box, type Link } from './layout.ts';
import type { Report, ReportEntry } from './report.ts';

/** Boxes of a column; more make a picture that nobody reads. The rest is one box. */
const mostBoxes = 60;
/** More workloads than this are gathered by namespace first. */
const mostOwners = 40;
const width = 1100;
/** Of one column of the 12 px fixed-width font. */
const columnPx = 7.25;
const padding = 10;
const headings = 34;

type Node = { readonly key: string; readonly text: string; readonly note: string; readonly href?: string };

/** Image → cause → workloads as inline SVG; colours come from the page's style sheet. */
export function picture(report: Report, problems: readonly PullProblem[], page: Page): string {
  const { columns: names, pictureAbout } = page.m.report;
  const graph = graphOf(report, problems, page);
  const keys = (nodes: ReadonlyMap<string, Node>): readonly string[] => [...nodes.keys()];
  const columns = [
    { x: 0, width: 430, keys: keys(graph.images) },
    { x: 510, width: 190, keys: keys(graph.causes) },
    { x: 780, width: 320, keys: keys(graph.owners) },
  ];
  const { boxes, height } = layOut(columns, graph.links, headings);
  const nodes = new Map([...graph.images, ...graph.causes, ...graph.owners]);
  const titles = [names.images, names.causes, names.workloads].map(
    (text, index) => `<text class="head" x="${columns[index]?.x ?? 0}" y="16">${escapeHtml(text)}</text>`,
  );
  const most = Math.max(...graph.links.map(({ pods }) => pods), 1);
  return [
    `<svg viewBox="0 0 ${width} ${Math.ceil(height) + 2}" role="img" aria-label="${escapeHtml(pictureAbout)}">`,
    ...titles,
    ...graph.links.map((link) => linkPath(link, boxes, most)),
    ...[...boxes.values()].map((box) => boxGroup(box, nodes.get(box.key), kindOf(box, columns))),
    '</svg>',
  ].join('\n');
}

type Graph = {
  readonly images: ReadonlyMap<string, Node>;
  readonly causes: ReadonlyMap<string, Node>;
  readonly owners: ReadonlyMap<string, Node>;
  readonly links: readonly Link[];
};

function graphOf(report: Report, problems: readonly PullProblem[], page: Page): Graph {
  const images = new Map<string, Node>();
  const causes = new Map<string, Node>();
  const owners = new Map<string, Node>();
  const links = new Map<string, Link>();
  const connect = (from: string, to: string, pods: number): void => {
    const key = `${from}\n${to}`;
    links.set(key, { from, to, pods: (links.get(key)?.pods ?? 0) + pods });
  };
  const byId = new Map(problems.map((problem) => [problem.metadata.name, problem]));
  const ownerNames = ownerNamer(problems, page);
  const cut = report.entries.length > mostBoxes ? mostBoxes - 1 : mostBoxes;
  for (const [index, entry] of byCause(report.entries).entries()) {
    const image = index < cut ? `image ${entry.id}` : 'image more';
    const cause = `cause ${entry.failure}`;
    if (index < cut)
      images.set(image, { key: image, text: entry.image, note: String(entry.pods), href: entry.id });
    else
      images.set(image, {
        key: image,
        text: page.m.report.moreImages(report.entries.length - cut),
        note: '',
      });
    causes.set(cause, { key: cause, text: entry.failure, note: '' });
    connect(image, cause, entry.pods);
    for (const [name, pods] of podsByOwner(byId.get(entry.id), ownerNames)) {
      const owner = `owner ${name}`;
      owners.set(owner, { key: owner, text: name, note: '' });
      connect(cause, owner, pods);
    }
  }
  return { images, causes, owners, links: [...links.values()] };
}

/** Images of one cause stand together, so that few links cross; the cause of most pods first. */
function byCause(entries: readonly ReportEntry[]): readonly ReportEntry[] {
  const groups = [...Map.groupBy(entries, ({ failure }) => failure).values()];
  const pods = (group: readonly ReportEntry[]): number => group.reduce((sum, entry) => sum + entry.pods, 0);
  return groups.toSorted((a, b) => pods(b) - pods(a)).flat();
}

function podsByOwner(
  problem: PullProblem | undefined,
  nameOf: (name: string, namespace: string | undefined) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const owner of problem?.status.owners ?? []) counts.set(nameOf(title(owner), owner.namespace), 0);
  for (const { owner } of problem?.status.failures ?? []) {
    const name = nameOf(title(owner), owner.namespace);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Workloads by name; gathered by namespace when there are many, and the last ones in one box. */
function ownerNamer(
  problems: readonly PullProblem[],
  { m }: Page,
): (name: string, namespace: string | undefined) => string {
  const all = new Map(problems.flatMap(({ status }) => status.owners).map((owner) => [title(owner), owner]));
  if (all.size <= mostOwners) return (name) => name;
  const spaces = Map.groupBy(all.values(), ({ namespace }) => namespace ?? '');
  const kept = [...spaces].toSorted(([, a], [, b]) => b.length - a.length).slice(0, mostBoxes - 1);
  const names = new Map(
    kept.map(([space, members]) => [space, `${space} · ${m.words.owners(members.length)}`]),
  );
  const left = all.size - kept.reduce((sum, [, members]) => sum + members.length, 0);
  return (_, namespace) => names.get(namespace ?? '') ?? m.report.moreOwners(left);
}

function kindOf(box: Box, columns: readonly { readonly x: number }[]): string {
  return ['image', 'cause', 'owner'][columns.findIndex(({ x }) => x === box.x)] ?? '';
}

/** Thicker for more pods; by the square root, so that one pod beside a thousand is still seen. */
function linkPath({ from, to, pods }: Link, boxes: ReadonlyMap<string, Box>, most: number): string {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (a === undefined || b === undefined) return '';
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2].map(Math.round);
  const bend = ((x1 ?? 0) + (x2 ?? 0)) / 2;
  const thickness = (1 + 9 * Math.sqrt(pods / most)).toFixed(1);
  return `<path class="link" d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}" stroke-width="${thickness}"/>`;
}

function boxGroup(box: Box, node: Node | undefined, kind: string): string {
  if (node === undefined) return '';
  const room =
    Math.floor((box.width - 2 * padding) / columnPx) - (node.note === '' ? 0 : textWidth(node.note) + 1);
  const middle = (box.y + box.height / 2 + 4).toFixed(0);
  const note =
    node.note === ''
      ? ''
      : `<text class="note" x="${box.x + box.width - padding}" y="${middle}" text-anchor="end">${escapeHtml(node.note)}</text>`;
  const group = [
    `<g class="${kind}"><title>${escapeHtml(node.text)}</title>`,
    `<rect x="${box.x}" y="${box.y.toFixed(0)}" width="${box.width}" height="${box.height}" rx="5"/>`,
    `<text x="${box.x + padding}" y="${middle}">${escapeHtml(middleCut(node.text, room))}</text>${note}</g>`,
  ].join('');
  return node.href === undefined ? group : `<a href="#${escapeHtml(node.href)}">${group}</a>`;
}

/** A long name keeps both ends: the registry, and the tag. */
function middleCut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const characters = Array.from(text);
  const tail: string[] = [];
  while (characters.length > 0 && textWidth(tail.join('')) < columns * 0.55)
    tail.unshift(characters.pop() ?? '');
  const head: string[] = [];
  const room = columns - 1 - textWidth(tail.join(''));
  while (characters.length > 0 && textWidth(head.join('') + (characters[0] ?? '')) <= room) {
    head.push(characters.shift() ?? '');
  }
  return `${head.join('')}…${tail.join('')}`;
}
