import type { Lang, PullmendError } from '../../../core/base/index.ts';
import type { Explanation } from '../../../core/knowledge/failures/index.ts';
import {
  apiVersion,
  isDirect,
  objectName,
  type ImagesOfFile,
  type Mirror,
  type MirrorSet,
  type RepairPlan,
  type RepairRecord,
  type Supply,
} from '../../../core/model/index.ts';
import type {
  ApplyResult,
  CopyReport,
  DiagnoseResult,
  Document,
  MirrorCheck,
  PlanResult,
  UndoResult,
} from '../../../stages/mend/index.ts';
import { verdict } from '../explain-record.ts';
import { errorDocument } from './errors.ts';
import { leftPodCount, podCount } from './reckoning.ts';

/** `diagnose -o json`. */
export function diagnosisReport({ cluster, problems, chains }: DiagnoseResult): Document {
  return {
    apiVersion,
    kind: 'DiagnosisReport',
    cluster,
    summary: { images: problems.length, pods: podCount(problems) },
    problems,
    chains,
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
export function imageList(files: readonly ImagesOfFile[]): Document {
  const items = files.flatMap(({ file, usages }) =>
    usages.map(({ image, reference, place, name, object, path, pullPolicy, position }) => ({
      image,
      reference,
      place,
      pulled: isDirect(place) ? 'direct' : 'indirect',
      resource: objectName(object),
      path: fieldPath(path),
      ...(isDirect(place) ? { container: name, pullPolicy } : { key: name }),
      file: file.path,
      line: position?.line,
      column: position?.column,
    })),
  );
  const notImages = files.flatMap(({ file, lookAlikes }) =>
    lookAlikes.map(({ text, reason, object, path, position }) => ({
      text,
      reason,
      resource: objectName(object),
      path: fieldPath(path),
      file: file.path,
      line: position?.line,
      column: position?.column,
    })),
  );
  return { apiVersion, kind: 'ImageList', items, notImages };
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
export function mirrorReport(mirrors: readonly Mirror[], checks?: readonly MirrorCheck[]): Document {
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

export function mirrorsNamed({ mirrors }: MirrorSet, names: readonly string[]): readonly Mirror[] {
  return names.length === 0 ? mirrors : mirrors.filter((mirror) => names.includes(mirror.name));
}

function errorDocuments(errors: Readonly<Record<string, PullmendError>>, lang: Lang): Document {
  return Object.fromEntries(
    Object.entries(errors).map(([step, error]) => [step, errorDocument(error, lang)]),
  );
}
