import type { Lang, PullmendError } from '../../../core/base/index.ts';
import type { Explanation } from '../../../core/knowledge/failures/index.ts';
import {
  apiVersion,
  isDirect,
  objectName,
  type ImageListing,
  type Mirror,
  type MirrorSet,
  type Place,
  type RepairPlan,
  type RepairRecord,
  type Supply,
  type Usage,
} from '../../../core/model/index.ts';
import type {
  ApplyResult,
  ChartRewrite,
  CheckedMirror,
  CopyReport,
  DiagnoseResult,
  Document,
  PlanResult,
  PreflightReport,
  RewriteResult,
  UndoResult,
} from '../../../stages/mend/index.ts';
import { verdict } from '../explain-record.ts';
import { errorDocument } from './errors.ts';
import type { Page } from './page.ts';
import { leftPodCount, podCount } from './reckoning.ts';

/** `diagnose -o json`. */
export function diagnosisReport({
  cluster,
  problems,
  chains,
  findings,
  reach,
  prediction,
  takenAt,
}: DiagnoseResult): Document {
  return {
    apiVersion,
    kind: 'DiagnosisReport',
    cluster,
    takenAt,
    summary: { images: problems.length, pods: podCount(problems) },
    problems,
    chains,
    findings,
    reach,
    prediction,
  };
}

/** `explain -o json`. */
export function explanationList(explanations: readonly Explanation[]): Document {
  return recordList(explanations.map(explanationItem));
}

/** `explain --input FILE -o json`. */
export function recordList(items: readonly Document[]): Document {
  return { apiVersion, kind: 'ExplanationList', items };
}

/** One cause; also a line of `explain -o jsonl`. */
export function explanationItem({ diagnosis, image, count, objects }: Explanation): Document {
  return { ...verdict(diagnosis), image, count, objects, evidence: diagnosis.evidence };
}

/** `fix -o json` and `apply -o json`; for the latter there are no problems and no supplies. */
export function fixReport(
  { plan, ...found }: Partial<PlanResult> & { readonly plan: RepairPlan },
  { outcome, record, verdicts, errors, rolledBack }: ApplyResult,
  leftOut: ReadonlySet<string>,
  lang: Lang,
): Document {
  const problems = found.problems ?? [];
  return {
    apiVersion,
    kind: 'FixReport',
    cluster: found.cluster ?? plan.spec.cluster,
    outcome,
    run: record?.metadata.name,
    summary: {
      images: problems.length,
      pods: podCount(problems),
      podsLeft: leftPodCount(problems, plan),
      proved: verdicts.reduce((n, verdict) => n + verdict.proved, 0),
      expected: verdicts.reduce((n, verdict) => n + verdict.expected, 0),
    },
    problems: found.problems,
    supplies: found.supplies,
    plan,
    record,
    verdicts,
    errors: errorDocuments(errors, lang),
    rolledBack,
    leftOut: [...leftOut],
  };
}

/** `undo -o json`. */
export function undoReport({ record, outcomes }: UndoResult, dryRun: boolean): Document {
  return { apiVersion, kind: 'UndoReport', run: record.metadata.name, dryRun, outcomes, record };
}

/** `undo --list -o json`. */
export function runList(runs: readonly RepairRecord[]): Document {
  return { apiVersion, kind: 'RunList', items: runs };
}

/** `find -o json`. */
export function supplyReport(supply: Supply): Document {
  const best = supply.candidates.find((candidate) => candidate.usable);
  return { apiVersion, kind: 'SupplyReport', best: best?.reference, supply };
}

/** `images -o json`. */
export function imageList({ groups, notes }: ImageListing): Document {
  const items = groups.flatMap((group) =>
    group.usages.map(({ image, reference, place, name, pullPolicy, ...at }) => ({
      image,
      reference,
      place,
      pulled: pulled(place),
      ...whereItIs(at, group),
      ...(isDirect(place) ? { container: name, pullPolicy } : { key: name === '' ? undefined : name }),
    })),
  );
  const notImages = groups.flatMap((group) =>
    group.lookAlikes.map(({ text, reason, ...at }) => ({ text, reason, ...whereItIs(at, group) })),
  );
  return { apiVersion, kind: 'ImageList', items, notImages, notes: notes.length === 0 ? undefined : notes };
}

function pulled(place: Place): 'direct' | 'indirect' | 'present' {
  if (place === 'runtime') return 'present';
  return isDirect(place) ? 'direct' : 'indirect';
}

function whereItIs(
  { object, path, position }: Pick<Usage, 'object' | 'path' | 'position'>,
  { file, template }: ImageListing['groups'][number],
): Document {
  return {
    resource: objectName(object),
    path: fieldPath(path),
    template,
    file: position?.file ?? file,
    line: position?.line,
    column: position?.column,
  };
}

/** `/spec/containers/0/image` → `spec.containers[0].image`, as kubectl writes it. */
function fieldPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((token) =>
      /^\d+$/.test(token) ? `[${token}]` : `.${token.replaceAll('~1', '/').replaceAll('~0', '~')}`,
    )
    .join('')
    .slice(1);
}

/** `mirrors list -o json` and `mirrors check -o json`. */
export function mirrorReport(mirrors: readonly Mirror[], checks?: readonly CheckedMirror[]): Document {
  return { apiVersion, kind: 'MirrorReport', mirrors, checks };
}

/** `copy -o json` and `sync -o json`. */
export function copyReport({ results, totals, seconds }: CopyReport, dryRun: boolean, lang: Lang): Document {
  const items = results.map(({ error, ...result }) => ({
    ...result,
    ...(error !== undefined && { error: errorDocument(error, lang) }),
  }));
  return { apiVersion, kind: 'CopyReport', dryRun, totals, seconds, items };
}

export function preflightReport(
  { platforms, items, installers, advice, commands }: PreflightReport,
  { program, m }: Page,
): Document {
  return {
    apiVersion,
    kind: 'PreflightReport',
    platforms,
    items,
    installers: installers.map(({ notes, ...installer }) => ({
      ...installer,
      notes: notes.map(({ note, value }) => ({ note, message: m.preflight.notes[note](value) })),
    })),
    advice,
    commands: commands.map((line) => `${program} ${line}`),
  };
}

export function mirrorsNamed({ mirrors }: MirrorSet, names: readonly string[]): readonly Mirror[] {
  return names.length === 0 ? mirrors : mirrors.filter((mirror) => names.includes(mirror.name));
}

function errorDocuments(errors: Readonly<Record<string, PullmendError>>, lang: Lang): Document {
  return Object.fromEntries(
    Object.entries(errors).map(([step, error]) => [step, errorDocument(error, lang)]),
  );
}

/** `rewrite -o json`. */
export function rewriteReport(
  { changes, left, notes, run, errors, patches }: RewriteResult,
  way: string,
  lang: Lang,
): Document {
  return {
    apiVersion,
    kind: 'RewriteReport',
    way,
    run,
    changes: changes.map(({ usage, ...change }) => ({ ...placeOf(usage), ...change })),
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
  vendored,
}: ChartRewrite): Document {
  const stays = (all: ChartRewrite['unmoved']): Document[] =>
    all.map(({ usage, to, reason, at, paths }) => ({ ...chartPlace(usage), with: to, reason, ...at, paths }));
  return {
    apiVersion,
    kind: 'ChartRewriteReport',
    values,
    moved: moved.map(({ usage, to }) => ({ ...chartPlace(usage), with: to })),
    unmoved: stays(vendored?.unmoved ?? unmoved),
    beside: beside.map(({ object, path }) => ({ resource: objectName(object), path: fieldPath(path) })),
    unserved,
    vendored: vendored === undefined ? undefined : { files: vendored.files, moved: stays(vendored.moved) },
  };
}

function chartPlace({ image, place, object, path }: ChartRewrite['moved'][number]['usage']): Document {
  const { template, ref } = object;
  return { image, place, resource: objectName(ref), path: fieldPath(path), template };
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
