import type { RewriteResult } from '../../../../flows/index.ts';
import {
  objectName,
  type FileEdit,
  type PolicyChange,
  type RewriteChange,
  type Usage,
} from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { indented } from '../rows.ts';
import { namesOf, noteLines } from './images.ts';
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

/** Each pull policy that changes beside an image. */
export function policyLines(
  policies: readonly PolicyChange[],
  { m: { rewrite: m }, paint }: Page,
): readonly string[] {
  const byFile = Map.groupBy(policies, ({ edit }) => edit.file);
  return [...byFile].flatMap(([file, here]) => [
    paint.strong(file),
    ...here.map(({ usage, edit }) => `  ${edit.line}  ${policyText(usage, edit, m)}`),
    '',
  ]);
}

function policyText({ name, pullPolicy }: Usage, edit: FileEdit, m: Page['m']['rewrite']): string {
  const after = /(?:IfNotPresent|Always|Never)/.exec(edit.after)?.[0] ?? edit.after;
  return m.policy(name, pullPolicy ?? m.unset, after);
}

/** `file:line:column  image  → name`, one place a line, for people and for editors. */
export function checkLines(
  { changes, policies, left }: Pick<RewriteResult, 'changes' | 'policies' | 'left'>,
  { m: { rewrite: m } }: Page,
): readonly string[] {
  return [
    ...changes.map(({ usage, with: name }) => `${where(usage)}  ${usage.image} → ${name}`),
    ...policies.map(
      ({ usage, edit }) => `${edit.file}:${edit.line}:${edit.column}  ${policyText(usage, edit, m)}`,
    ),
    ...left.map(({ usage, reason }) => `${where(usage)}  ${usage.image}  (${m.why[reason]})`),
  ];
}

/** What stays, with the reason, and what was not looked at. */
export function leftLines(
  { left, notes }: Pick<RewriteResult, 'left' | 'notes'>,
  page: Page,
): readonly string[] {
  const { rewrite: m } = page.m;
  const skipped = [...Map.groupBy(notes, ({ kind }) => kind)].flatMap(([kind, some]) => {
    const paths = some.flatMap((note) => ('path' in note ? [note.path] : []));
    switch (kind) {
      case 'chart':
        return paths.length > 2
          ? [m.skipped.charts(paths.length, namesOf(some, page))]
          : paths.map(m.skipped[kind]);
      case 'kustomization':
        return paths.length > 2
          ? [m.skipped.kustomizations(paths.length, namesOf(some, page))]
          : paths.map(m.skipped[kind]);
      case 'installer':
        return paths.map(m.skipped[kind]);
      case 'skipped':
      case 'left-out':
      case 'copy-list':
        return noteLines(some, page);
      default:
        return [];
    }
  });
  return [
    ...skipped.flatMap((text) => wrap(text, page.width)),
    ...(left.length === 0 ? [] : [page.paint.bad(m.left(m.places(left.length)))]),
    ...[...Map.groupBy(left, ({ reason }) => reason)].flatMap(([reason, some]) => [
      ...some.flatMap(({ usage, detail }) => [
        `  ${where(usage)}  ${usage.image}`,
        ...(detail === undefined ? [] : indented([detail])),
      ]),
      ...indented(wrap(m.why[reason], page.width)),
    ]),
  ];
}

/** How much was, or would be, changed. */
export function rewriteEnd(
  { changes, policies, left, notes }: Pick<RewriteResult, 'changes' | 'policies' | 'left' | 'notes'>,
  changed: number,
  done: boolean,
  { m: { rewrite: m } }: Page,
): readonly string[] {
  if (changes.length === 0 && policies.length === 0) {
    if (left.length > 0) return [m.nothingDone];
    const isAll = !notes.some(({ kind }) => kind === 'left-out' || kind === 'chart');
    return [isAll ? m.nothing : m.nothingRead];
  }
  const counts = [
    ...(changes.length === 0 ? [] : [m.places(changes.length)]),
    ...(policies.length === 0 ? [] : [m.policies(policies.length)]),
  ];
  const places = counts.join(' + ');
  const files = m.files(changed);
  const unverified = changes.filter(({ identity }) => identity === 'unverified').length;
  const inValues = changes.filter(({ usage }) => usage.inValues === true).length;
  return [
    done ? m.written(places, files) : m.wouldChange(places, files),
    ...(unverified === 0 ? [] : [m.unverified(unverified)]),
    ...(inValues === 0 ? [] : [m.inValues(inValues)]),
  ];
}

function where({ position, object, path }: Usage): string {
  return position === undefined
    ? `${objectName(object)} ${path}`
    : `${position.file}:${position.line}:${position.column}`;
}
