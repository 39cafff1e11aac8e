import { services } from '../../../../core/knowledge/requests/index.ts';
import type { Preset } from '../../../../core/knowledge/mirrors/index.ts';
import type { Vantage } from '../../../../core/model/index.ts';
import type { Discovery } from '../../../../flows/index.ts';
import type { Situation } from '../../way-in/way-in.ts';
import type { Tried } from '../../way-in/trial.ts';
import { shellWord } from '../names.ts';
import type { Page } from '../page.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

/** More requests than this are a list for `requests`, not for a person. */
const mostRequests = 10;

/** Mirrors that a cluster shows to be in use; absent where no cluster could be read. */
export type InUse = Discovery['mirrors'] | undefined;

/** Where copies can come from, numbered. */
export function waysScreen(inUse: InUse, { images, areSamples }: Situation, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const { ways } = m.wayIn;
  const places = (inUse ?? []).flatMap(({ mirror }) => mirror.at ?? Object.values(mirror.aliases ?? {}));
  const none = inUse === undefined ? ways.unread : ways.noneInUse;
  const rows = [
    [ways.inUse, places.length === 0 ? none : m.words.list(places)],
    [ways.public, ways.publicAbout],
    [ways.own, ways.ownAbout],
    [ways.request, ways.requestAbout],
  ];
  return [
    ...wrap(areSamples ? m.wayIn.titleInit : m.wayIn.title(m.words.images(images.length)), width).map(
      paint.strong,
    ),
    ...table(
      rows.map(([name = '', about = ''], index) => [String(index + 1), name, about]),
      { indent: 2, width },
    ),
  ];
}

export function inUseScreen(inUse: InUse, page: Page): readonly string[] {
  const { m, width } = page;
  if (inUse === undefined) return wrap(m.wayIn.noCluster, width);
  if (inUse.length === 0)
    return wrap(m.wayIn.nothingInUse(`${page.program} mirrors discover --nodes`), width);
  return inUse.flatMap(({ mirror, confidence }) =>
    wrap(
      m.words.labelled(
        mirror.name,
        `${mirror.scheme} ${mirror.at ?? m.words.list(Object.values(mirror.aliases ?? {}))} · ${m.discover.confidence[confidence]}`,
      ),
      width - 2,
    ).map((line) => `  ${line}`),
  );
}

/** Public mirrors with what their owners ask for, before anybody is asked for anything. */
export function fittingScreen(fitting: readonly Preset[], page: Page): readonly string[] {
  const { m, lang, paint, width } = page;
  if (fitting.length === 0) return wrap(m.wayIn.noneFits, width);
  return fitting.flatMap(({ name, summary, terms, source }) => [
    `${paint.strong(name)}  ${paint.quiet(source)}`,
    ...[summary[lang], m.words.labelled(m.registry.presets.terms, terms[lang])].flatMap((text) =>
      wrap(text, width - 2).map((line) => `  ${line}`),
    ),
  ]);
}

/** What each preset gave, numbered. */
export function triedScreen(tried: readonly Tried[], page: Page): readonly string[] {
  const { m, width } = page;
  if (tried.length === 0) return wrap(m.wayIn.noneAnswers, width);
  const rows = tried.map((one, index) => [String(index + 1), one.preset.name, gaveText(one, page)]);
  return table(rows, { indent: 2, width });
}

/** How many images it has, how far they are proved, and whether the nodes reach it. */
export function gaveText({ copies, nodes }: Tried, page: Page): string {
  const { m } = page;
  const images = new Set(copies.map(({ image }) => image));
  return [
    m.words.list([...new Set(copies.map(({ candidate }) => m.problems.identity[candidate.identity]))]),
    m.wayIn.has(m.words.images(images.size)),
    ...(nodes === undefined ? [] : [nodesText(nodes, page)]),
  ].join(' · ');
}

function nodesText(nodes: readonly Vantage[], { m }: Page): string {
  const asked = nodes.filter(({ unprobed }) => unprobed === undefined);
  const [first] = nodes;
  if (asked.length === 0 && first?.unprobed !== undefined) return m.reach.unprobed[first.unprobed.reason];
  return m.wayIn.fromNodes(asked.filter(({ works }) => works).length, asked.length);
}

/** The commands that ask a service, for each image. */
export function requestLines(images: readonly string[], page: Page): readonly string[] {
  const { m, program } = page;
  const [service] = services.filter(({ repository }) => repository !== undefined);
  return [
    ...wrap(m.wayIn.askService, page.width),
    `  ${program} requests list`,
    ...images
      .slice(0, mostRequests)
      .map((image) => `  ${program} request ${shellWord(image)} --via ${service?.name ?? 'SERVICE'}`),
  ];
}
