import type { Lang, PullmendError } from '../../../../core/base/index.ts';
import { apiVersion, type RepairPlan, type RepairRecord, type Supply } from '../../../../core/model/index.ts';
import type { ApplyResult, Document, FixResult, PlanResult, UndoResult } from '../../../../flows/index.ts';
import { errorDocument } from '../errors.ts';
import { leftPodCount, podCount } from '../diagnosis/reckoning.ts';

/** `fix -o json` and `apply -o json`; for the latter there are no problems and no supplies. */
export function fixReport(
  { plan, ...found }: Partial<PlanResult> & { readonly plan: RepairPlan },
  { outcome, record, verdicts, errors, rolledBack, earlier }: ApplyResult & Pick<FixResult, 'earlier'>,
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
    earlier,
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

function errorDocuments(errors: Readonly<Record<string, PullmendError>>, lang: Lang): Document {
  return Object.fromEntries(
    Object.entries(errors).map(([step, error]) => [step, errorDocument(error, lang)]),
  );
}
