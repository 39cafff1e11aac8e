import type { Mirror, MirrorSet } from '../../../../core/model/index.ts';
import type { CheckedMirror } from '../../../../flows/index.ts';
import { outcomeError } from '../../../../core/knowledge/mirrors/index.ts';
import { errorScreen } from '../errors.ts';
import type { Page } from '../page.ts';
import { harborLines } from './harbor.ts';
import { markedLine } from '../files/marked-line.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

export function mirrorsScreen({ mirrors }: MirrorSet, page: Page): readonly string[] {
  const { columns } = page.m.registry;
  const rows = mirrors.map((mirror) => [mirror.name, place(mirror), mirror.scheme, matchText(mirror, page)]);
  return table([[columns.name, columns.at, columns.scheme, columns.match], ...rows], {
    indent: 0,
    width: page.width,
    widest: 36,
  });
}

/** What each mirror answered; what stands in the way reads like any other error. */
export function checksScreen(checks: readonly CheckedMirror[], page: Page): readonly string[] {
  const { m, paint, width } = page;
  const marks = { works: paint.good('✔'), answers: paint.doubtful('!'), fails: paint.bad('✘') };
  return checks.flatMap((check) => [
    ...wrap(`${check.mirror}  ${check.at}  ${m.registry.check[check.result]}`, width - 2).map(
      (line, index) => `${index === 0 ? marks[check.result] : ' '} ${line}`,
    ),
    ...evidence(check, page).map((line) => `  ${line}`),
    ...notes(check, page),
    ...harborLines(check, page),
  ]);
}

function evidence(check: CheckedMirror, page: Page): readonly string[] {
  const inner = { ...page, width: page.width - 2 };
  const { mirror, outcome, reference, detail } = check;
  // A refusal by a list is told as a note: the mirror itself is well.
  if (check.notes.some(({ kind }) => kind === 'allow-list'))
    return wrap(detail, inner.width).map(page.paint.quiet);
  if (outcome === 'works') return wrap(reference, inner.width).map(page.paint.quiet);
  return errorScreen(outcomeError(outcome, { who: mirror, detail }), inner);
}

/** What is worth knowing of a mirror that answers. */
function notes(check: CheckedMirror, page: Page): readonly string[] {
  const words = page.m.registry.notes;
  return check.notes.flatMap((note) => {
    const text =
      note.kind === 'platforms-missing'
        ? words[note.kind](note.image, page.m.words.list(note.platforms))
        : note.kind === 'stale'
          ? words.stale(note.image)
          : words['allow-list']();
    return markedLine(page.paint.doubtful('!'), text, page);
  });
}

function place({ at, template, aliases }: Mirror): string {
  return template ?? (aliases === undefined ? at : Object.values(aliases).join(', '));
}

function matchText({ match }: Mirror, { m }: Page): string {
  return match.length === 0 || match.includes('**') ? m.registry.everything : match.join(', ');
}
