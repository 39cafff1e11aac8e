import type { PreflightItem, PreflightReport } from '../../../../flows/index.ts';
import { platformNames } from '../repair/copies.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

type Way = { readonly assumed: boolean; readonly asked: boolean; readonly brief: boolean };

/** Every image with whether and from where it can be had, then what fills the gaps. */
export function preflightScreen(report: PreflightReport, way: Way, page: Page): readonly string[] {
  const { m, width } = page;
  const { items, platforms, installers } = report;
  if (items.length === 0) return [m.images.none];
  const shown = way.brief ? items.filter(({ state }) => state !== 'works') : items;
  const heads = installers.flatMap(({ installer, version, images, notes }) => [
    ...wrap(m.preflight.installer(installer, version, m.words.images(images.length)), width).map(
      page.paint.strong,
    ),
    ...notes.flatMap(({ note, value }) => bullet(m.preflight.notes[note](value), page)),
    '',
  ]);
  const count = (state: PreflightItem['state']): number => items.filter((it) => it.state === state).length;
  const summary = way.asked
    ? m.preflight.summary(count('works'), count('elsewhere'), count('ask-later'), count('missing'))
    : m.preflight.listed(items.length);
  return [
    ...(way.brief ? [] : heads),
    ...shown.flatMap((item) => itemLines(item, page)),
    ...(shown.length > 0 ? [''] : []),
    ...wrap(summary, width),
    ...(way.asked ? wrap(m.preflight.platforms(platformNames(platforms), way.assumed), width) : []),
    ...gapLines(report, page),
  ];
}

function itemLines(item: PreflightItem, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const mark = {
    works: paint.good('✔'),
    elsewhere: paint.doubtful('→'),
    'ask-later': paint.doubtful('…'),
    missing: paint.bad('✘'),
    'not-asked': '·',
  }[item.state];
  const by = item.namedBy.length === 0 ? m.preflight.commandLine : m.words.list(item.namedBy);
  const facts = [
    m.preflight.state[item.state],
    ...(item.from === undefined || item.from === item.image ? [] : [m.preflight.from(item.from)]),
    ...(item.identity === undefined ? [] : [m.preflight.identity[item.identity]]),
    ...(item.retryAfter === undefined ? [] : [m.preflight.retryAfter(item.retryAfter)]),
    ...(item.pulled === 'later' ? [m.preflight.later] : []),
  ];
  const known = item.state === 'not-asked' ? facts.slice(1) : facts;
  const state = known.length === 0 ? [] : [known.join(' · ')];
  const why = item.state === 'works' || item.outcome === undefined ? [] : [m.problems.outcome[item.outcome]];
  return [
    ...wrap(item.image, width - 2).map((line, at) => `${at === 0 ? mark : ' '} ${line}`),
    ...[...state, ...why, by].flatMap((line) => wrap(line, width - 4).map((text) => `    ${text}`)),
  ];
}

function gapLines({ advice, commands }: PreflightReport, page: Page): readonly string[] {
  const { m } = page;
  if (advice.length === 0 && commands.length === 0) return [];
  const settings = advice.flatMap(({ file, key, value, covered, of, uncovered }) => [
    ...bullet(m.preflight.advice(file, key, value, covered, of), page),
    ...uncovered.flatMap(({ image, from }) =>
      bullet(
        from === undefined ? m.preflight.uncovered(image) : m.preflight.uncoveredFrom(image, from),
        page,
      ).map((line) => `  ${line}`),
    ),
  ]);
  // A command is copied from here, so it is never broken into lines.
  return ['', m.preflight.fill, ...settings, ...commands.map((line) => `  ${page.program} ${line}`)];
}

function bullet(text: string, { width }: Page): readonly string[] {
  return wrap(text, width - 4).map((line, at) => (at === 0 ? `  · ${line}` : `    ${line}`));
}
