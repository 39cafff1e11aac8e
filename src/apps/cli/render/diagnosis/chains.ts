import type { Chain, ChainLink, PullProblem } from '../../../../core/model/index.ts';
import { title } from '../names.ts';
import type { Page } from '../page.ts';
import { indented, row } from '../rows.ts';

/** More ways than this to one image say nothing new. */
const mostRows = 6;
/** As much of a symptom as tells what it is about. */
const mostSymptom = 160;

/** The `waits` rows of a problem: who waits for its pods, along which way; those that go one way share a row. */
export function chainRows({ status }: PullProblem, page: Page): readonly string[] {
  const { problems, words } = page.m;
  const ways = [...byWay(status.chains ?? []).values()];
  const shown = ways
    .slice(0, mostRows)
    .flatMap((chains) => row(problems.labels.waits, wayText(chains, page), page));
  return ways.length > mostRows ? [...shown, ...indented([words.more(ways.length - mostRows)])] : shown;
}

/** Who waits for what, one text for each way. */
export function wayTexts(chains: readonly Chain[], page: Page): readonly string[] {
  return [...byWay(chains).values()].map((same) => wayText(same, page));
}

/** What waits although no failing image was found; nothing when there is no such thing. */
export function stalledBlocks(chains: readonly Chain[], page: Page): readonly string[] {
  if (chains.length === 0) return [];
  const ways = [...byWay(chains).values()];
  return [
    '',
    page.paint.strong(page.m.problems.withoutImage),
    ...ways.flatMap((same) => {
      const [{ class: name, links }] = same as readonly [Chain, ...Chain[]];
      const says = links.map(({ symptom }) => symptom).findLast((symptom) => symptom !== '');
      return [
        ...row(page.m.problems.labels.waits, `${wayText(same, page)} · ${name}`, page),
        ...(says === undefined
          ? []
          : row(page.m.problems.labels.says, shorten(says), page).map(page.paint.quiet)),
      ];
    }),
  ];
}

function byWay(chains: readonly Chain[]): ReadonlyMap<string, readonly Chain[]> {
  return Map.groupBy(chains, ({ links }) => {
    const [victim, ...rest] = links;
    return [victim.object.kind, victim.object.namespace, ...rest.map(nameOf)].join(' ');
  });
}

/** `3 pods → PersistentVolumeClaim shop/data → StorageClass local → Pod storage/helper`. */
function wayText(chains: readonly Chain[], { m }: Page): string {
  const [first] = chains;
  if (first === undefined) return '';
  const [victim, ...rest] = first.links;
  const many = victim.object.kind === 'Pod' ? m.words.pods(chains.length) : m.words.owners(chains.length);
  return [chains.length === 1 ? nameOf(victim) : many, ...rest.map(nameOf)].join(' → ');
}

function nameOf({ object }: ChainLink): string {
  return title(object);
}

function shorten(text: string): string {
  return text.length > mostSymptom ? `${text.slice(0, mostSymptom)}…` : text;
}
