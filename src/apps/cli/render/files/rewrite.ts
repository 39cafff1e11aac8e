import type { RewriteResult } from '../../../../flows/index.ts';
import { objectName, type RewriteChange, type Usage } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { indented } from '../rows.ts';
import { noteLines } from './images.ts';
import { wrap } from '../wrap.ts';

/** Each place with its new name, by file. */
export function changeLines(changes: readonly RewriteChange[], page: Page): readonly string[] {
  const byFile = Map.groupBy(changes, ({ usage }) => usage.position?.file ?? objectName(usage.object));
  return [...byFile].flatMap(([file, here]) => [
    page.paint.strong(file),
    // Names are not wrapped: they must survive copy and paste.
    ...here.map(
      ({ usage, with: name }) => `  ${usage.position?.line ?? usage.name}  ${usage.image} → ${name}`,
    ),
    '',
  ]);
}

/** `file:line:column  image  → name`, one place a line, for people and for editors. */
export function checkLines(changes: readonly RewriteChange[]): readonly string[] {
  return changes.map(({ usage, with: name }) => `${where(usage)}  ${usage.image} → ${name}`);
}

/** What stays, with the reason, and what was not looked at. */
export function leftLines(
  { left, notes }: Pick<RewriteResult, 'left' | 'notes'>,
  page: Page,
): readonly string[] {
  const { rewrite: m } = page.m;
  const skipped = notes.flatMap((note) => {
    if (note.kind === 'skipped') return noteLines([note], page);
    return note.kind === 'chart' || note.kind === 'kustomization' || note.kind === 'installer'
      ? [m.skipped[note.kind](note.path)]
      : [];
  });
  return [
    ...skipped.flatMap((text) => wrap(text, page.width)),
    ...(left.length === 0 ? [] : [page.paint.bad(m.left(m.places(left.length)))]),
    ...left.flatMap(({ usage, reason, detail }) => [
      `  ${where(usage)}  ${usage.image}`,
      ...indented(wrap(m.why[reason], page.width)),
      ...(detail === undefined ? [] : indented([detail])),
    ]),
  ];
}

/** How much was, or would be, changed. */
export function rewriteEnd(
  changes: readonly RewriteChange[],
  changed: number,
  done: boolean,
  { m: { rewrite: m } }: Page,
): readonly string[] {
  if (changes.length === 0) return [m.nothing];
  const places = m.places(changes.length);
  const files = m.files(changed);
  const unverified = changes.filter(({ identity }) => identity === 'unverified').length;
  return [
    done ? m.written(places, files) : m.wouldChange(places, files),
    ...(unverified === 0 ? [] : [m.unverified(unverified)]),
  ];
}

function where({ position, object, path }: Usage): string {
  return position === undefined
    ? `${objectName(object)} ${path}`
    : `${position.file}:${position.line}:${position.column}`;
}
