import type { Lang } from '../../../../core/base/index.ts';
import { apiVersion, objectName, type FileEdit, type Usage } from '../../../../core/model/index.ts';
import type { ChartRewrite, Document, RewriteResult } from '../../../../flows/index.ts';
import { errorDocument } from '../errors.ts';
import { fieldPath } from './field-path.ts';

/** `rewrite -o json`. */
export function rewriteReport(
  { changes, left, policies, notes, run, errors, patches }: RewriteResult,
  way: string,
  lang: Lang,
): Document {
  return {
    apiVersion,
    kind: 'RewriteReport',
    way,
    run,
    changes: changes.map(({ usage, edits = [], ...change }) => ({
      ...placeOf(usage),
      ...change,
      unproved: usage.inValues,
      edits: edits.map(editDocument),
    })),
    policies: policies.map(({ usage, edit }) => ({ ...placeOf(usage), edit: editDocument(edit) })),
    left: left.map(({ usage, ...why }) => ({ ...placeOf(usage), ...why })),
    notes,
    patch: way === 'diff' ? patches().join('') : undefined,
    errors: errors.map((error) => errorDocument(error, lang)),
  };
}

/** `rewrite --chart`. */
export function chartRewriteReport({
  values,
  moved,
  unmoved,
  beside,
  unserved,
  short,
  vendored,
}: ChartRewrite): Document {
  const stays = (all: ChartRewrite['unmoved']): Document[] =>
    all.map(({ usage, to, reason, at, paths, said }) => ({
      ...chartPlace(usage),
      with: to,
      reason,
      ...at,
      paths,
      said,
    }));
  return {
    apiVersion,
    kind: 'ChartRewriteReport',
    values,
    moved: moved.map(({ usage, to }) => ({ ...chartPlace(usage), with: to })),
    unmoved: stays(vendored?.unmoved ?? unmoved),
    beside: beside.map(({ object, path }) => ({ resource: objectName(object), path: fieldPath(path) })),
    unserved,
    short: short.length === 0 ? undefined : short,
    vendored:
      vendored === undefined
        ? undefined
        : { folder: vendored.folder, files: vendored.files, moved: stays(vendored.moved) },
  };
}

function chartPlace({ image, place, object, path }: ChartRewrite['moved'][number]['usage']): Document {
  const { template, ref } = object;
  return { image, place, resource: objectName(ref), path: fieldPath(path), template };
}

/** What changes in the file that the place names. */
function editDocument({ line, column, before, after }: FileEdit): Document {
  return { line, column, before, after };
}

function placeOf({ image, reference, place, object, path, position }: Usage): Document {
  return {
    image,
    reference,
    place,
    resource: objectName(object),
    path: fieldPath(path),
    file: position?.file,
    line: position?.line,
    column: position?.column,
  };
}
