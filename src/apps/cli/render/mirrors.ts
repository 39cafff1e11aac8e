import type { Mirror, MirrorSet } from '../../../core/model/index.ts';
import type { MirrorCheck } from '../../../stages/mend/index.ts';
import type { Page } from './page.ts';
import { table } from './table.ts';
import { wrap } from './wrap.ts';

export function mirrorsScreen({ mirrors }: MirrorSet, page: Page): readonly string[] {
  const { columns } = page.m.registry;
  const rows = mirrors.map((mirror) => [mirror.name, place(mirror), mirror.scheme, matchText(mirror, page)]);
  return table([[columns.name, columns.at, columns.scheme, columns.match], ...rows], {
    indent: 0,
    width: page.width,
    widest: 36,
  });
}

/** What each mirror answered: name and result, where it is, the evidence under it. */
export function checksScreen(checks: readonly MirrorCheck[], page: Page): readonly string[] {
  const { m, paint, width } = page;
  const marks = { works: paint.good('✔'), answers: paint.doubtful('!'), fails: paint.bad('✘') };
  return checks.flatMap((check) => [
    `${marks[check.result]} ${check.mirror}  ${m.registry.check[check.result]}`,
    ...wrap(check.at, width - 4).map((line) => `    ${line}`),
    ...wrap(check.detail, width - 4).map((line) => `    ${paint.quiet(line)}`),
  ]);
}

function place({ at, template, aliases }: Mirror): string {
  return template ?? (aliases === undefined ? at : Object.values(aliases).join(', '));
}

function matchText({ match }: Mirror, { m }: Page): string {
  return match.length === 0 || match.includes('**') ? m.registry.everything : match.join(', ');
}
