import { objectName } from '../../../../core/model/index.ts';
import type { ChartRewrite } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { indented } from '../rows.ts';
import { wrap } from '../wrap.ts';

type Shown = ChartRewrite & {
  readonly out?: string | undefined;
  /** What installs the chart with the values of `out`. */
  readonly command?: string;
};

/** What the override moves, what no value can move and why, and what else does. */
export function chartRewriteLines(result: Shown, page: Page): readonly string[] {
  const { moved, unserved, vendored, out, command = '' } = result;
  const { rewrite: m } = page.m;
  const unmoved = vendored?.unmoved ?? result.unmoved;
  const count = moved.length + (vendored?.moved.length ?? 0);
  const names = new Map(moved.map(({ usage, to }) => [usage.image, to]));
  const beside = [...result.beside, ...(vendored?.beside ?? [])];
  return [
    // Names are not wrapped: they must survive copy and paste.
    ...[...names].map(([image, to]) => (image === '' ? `  → ${to}` : `  ${image} → ${to}`)),
    ...(vendored?.moved ?? []).map(({ usage, to, at }) => `  ${usage.image} → ${to}  ${at?.file ?? ''}`),
    ...(result.short.length === 0 ? [] : wrap(m.short(page.m.words.list(result.short)), page.width)),
    ...(unserved.length === 0 ? [] : [page.paint.bad(m.unserved), ...unserved.map((image) => `  ${image}`)]),
    ...(unmoved.length === 0 ? [] : [page.paint.bad(m.unmoved(m.places(unmoved.length)))]),
    ...unmoved.flatMap(({ usage, ...why }) => [
      `  ${usage.image}  ${objectName(usage.object.ref)}`,
      ...indented(wrap(whyItStays({ usage, ...why }, page), page.width)),
    ]),
    ...(unmoved.length === 0 ? [] : wrap(vendored === undefined ? m.unmovedHelp : m.leftHelp, page.width)),
    ...(beside.length === 0 ? [] : [m.beside(m.places(beside.length))]),
    ...beside.map(({ object, path }) => `  ${objectName(object)}  ${path}`),
    ...vendorLines(vendored, page),
    out === undefined ? m.movedBy(m.places(count)) : m.override(m.places(count), out, command),
  ];
}

/** A copy is told only where there is one. */
function vendorLines(vendored: Shown['vendored'], { m: { rewrite: m }, width }: Page): readonly string[] {
  if (vendored === undefined) return [];
  const { folder, files, unmoved } = vendored;
  if (folder !== undefined) return [m.vendored(folder, m.files(files.length))];
  return wrap(unmoved.length === 0 ? m.vendorNeedless : m.vendorVain, width);
}

function whyItStays(
  { usage, reason, at, paths, said = '' }: Omit<Shown['unmoved'][number], 'to'>,
  { m }: Page,
): string {
  const { stays } = m.rewrite;
  switch (reason) {
    case 'hard-coded':
      return at === undefined
        ? stays.composed(usage.object.template)
        : stays['hard-coded'](`${at.file}:${at.line}`);
    case 'shared':
      return stays.shared(m.words.list(paths));
    case 'refused':
      return stays.refused(m.words.list(paths), said);
    case 'set':
      return stays.set(paths.join(', '));
    case 'invalid':
      return stays.invalid;
    case 'composed':
      return stays.composed(usage.object.template);
  }
}
