import { stringify } from 'yaml';
import type {
  MirrorEvidence,
  PresetMirror,
  ProposedMirror,
} from '../../../../core/knowledge/mirrors/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Discovery, Document } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

/** Facts of a kind that are shown; a cluster has hundreds of images. */
const shownFacts = 3;

/** Each mirror with how sure it is and why, then what is open. */
export function discoveryScreen(
  { mirrors, hosts, unread }: Discovery,
  page: Page,
  program: string,
): readonly string[] {
  const { m, width } = page;
  const { discover: words } = m;
  const sure = mirrors.filter(({ confidence }) => confidence !== 'unsure');
  const leads = hosts.flatMap(({ host, secret, presets }) => [
    words.secretHost(host, secret),
    ...presets.map((name) => `  ${words.presetFor(`${program} mirrors add ${name}`)}`),
  ]);
  const ending = [
    ...leads,
    ...unread.map((what) => words.unread(what)),
    ...(mirrors.length === 0 ? [words.nothing] : []),
    ...(sure.length < mirrors.length ? [words.unsureStays] : []),
    ...(sure.length > 0 ? [words.notUsed(`${program} mirrors discover --add`)] : []),
  ];
  return [
    ...mirrors.flatMap((proposal) => [...block(proposal, page), '']),
    ...ending.flatMap((line) => wrap(line, width)),
  ];
}

function block(proposal: ProposedMirror, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const { mirror, confidence, evidence, preset, rivals } = proposal;
  const { discover: words } = m;
  const colour = { certain: paint.good, likely: paint.good, unsure: paint.doubtful }[confidence];
  const facts = [...Map.groupBy(evidence, ({ fact }) => fact)].flatMap(([fact, of]) => [
    ...of.slice(0, shownFacts).map((it, index) => [index === 0 ? words.facts[fact] : '', factText(it, page)]),
    ...(of.length > shownFacts ? [['', words.more(of.length - shownFacts)]] : []),
  ]);
  const title = [mirror.name, ...(preset === undefined ? [] : [words.preset(preset)])].join(' · ');
  const other = rivals.map((rival) => [words.rival, describe(rival, page)]);
  return [
    `${paint.strong(title)}  ${colour(words.confidence[confidence])}`,
    ...wrap(describe(mirror, page), width - 2).map((line) => `  ${line}`),
    ...table([...facts, ...other], { indent: 2, width, widest: 14 }),
  ];
}

function describe({ scheme, at, aliases = {}, match }: PresetMirror, { m }: Page): string {
  const place =
    at ??
    Object.entries(aliases)
      .map(([host, alias]) => `${alias} (${host})`)
      .join(', ');
  return [m.discover.at(scheme, place), ...(match === undefined ? [] : [match.join(' ')])].join(' · ');
}

function factText(evidence: MirrorEvidence, { m }: Page): string {
  const { discover: words } = m;
  switch (evidence.fact) {
    case 'configured':
      return evidence.where;
    case 'asked':
      return words.answers[evidence.answer](evidence.mirrored);
    case 'same-content':
    case 'name':
      return words.isCopyOf(evidence.mirrored, evidence.original);
  }
}

/** What stands before a mirror in a file: how sure, and why. */
export function commentLines({ confidence, evidence }: ProposedMirror, page: Page): readonly string[] {
  const { discover: words } = page.m;
  const facts = evidence
    .slice(0, shownFacts)
    .map((it) => page.m.words.labelled(words.facts[it.fact], factText(it, page)));
  const more = evidence.length > shownFacts ? [words.more(evidence.length - shownFacts)] : [];
  return [words.confidence[confidence], ...facts, ...more];
}

/** A mirror that is not sure enough, as a comment at the end of the file. */
export function unsureComment(proposal: ProposedMirror, page: Page): readonly string[] {
  const readings = [proposal.mirror, ...proposal.rivals];
  const entries = readings.map((it) => stringify([it], { lineWidth: 0 }).trimEnd());
  return [...commentLines(proposal, page), ...entries.flatMap((text) => text.split('\n'))].map(
    (line) => `  # ${line.replaceAll(/[\r\n]+/g, ' ')}\n`,
  );
}

/** `mirrors discover -o json`. */
export function discoveryDocument({ mirrors, hosts, unread }: Discovery): Document {
  return { apiVersion, kind: 'MirrorDiscovery', items: mirrors, hosts, unread };
}
