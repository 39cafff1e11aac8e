import { isDeepStrictEqual } from 'node:util';
import type { Helm, StoredRelease } from '../../adapters/helm/index.ts';
import { releaseFields } from '../../adapters/kube/index.ts';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { joinValues } from '../../core/edit/index.ts';
import { objectName, type HelmUpgradeStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';
import { withChartFrom } from './chart.ts';
import { driftOf } from './drift.ts';
import { afterTheEnd, isPending } from './pending.ts';
import { broughtBy, changesBetween } from './rendered.ts';
import { changedSince, newestRevision, revisionFor, revisionNote } from './revisions.ts';

/**
 * Upgrades the release if it is the planned one, nobody else's writes would be lost, and the API server renders exactly
 * the planned changes. What fails half-way is rolled back.
 *
 * Errors: PM_RELEASE_CHANGED, PM_RELEASE_OPEN, PM_HELM_FAILED.
 */
export async function apply(step: HelmUpgradeStep, context: RunContext): Promise<StepResult> {
  const now = await revisionFor(step, context);
  if (isOurs(now, step, context.run)) return {};
  if (now.version !== step.revision || (now.status !== 'deployed' && now.status !== step.unfinished))
    throw changedSince(step, `revision ${now.version}, ${now.status}`);
  const helm = await context.helm();
  if (!isPending(now.status)) return await upgraded(step, now, helm, context);
  // Helm refuses to touch a release that waits; until it is over nothing can be tried.
  if (context.dryRun) return {};
  return await afterTheEnd(step, context, async (ended) => await upgraded(step, ended, helm, context));
}

async function upgraded(
  step: HelmUpgradeStep,
  now: StoredRelease,
  helm: Helm,
  context: RunContext,
): Promise<StepResult> {
  await withChartFrom(now, step.chart, step.changes, helm, async (chart) => {
    const upgrade = async (dryRun: boolean): Promise<StoredRelease> =>
      await helm.upgrade(now.name, chart, { ...how(step, now, context.run), dryRun });
    const old = broughtBy(now);
    const young = broughtBy(await upgrade(true));
    const [strange] = changesBetween(old, young).filter(
      (change) => !step.changes.some((planned) => isDeepStrictEqual(planned, change)),
    );
    const isLess = changesBetween(old, young).length < step.changes.length;
    if (strange !== undefined || isLess)
      throw changedSince(
        step,
        strange === undefined ? 'fewer changes' : `${objectName(strange.object)} ${strange.path}`,
      );
    const strict = step.unfinished !== undefined;
    const drift = await driftOf(old, young, context.api, { strict });
    if (drift !== undefined)
      throw changedSince(
        step,
        [drift.object, drift.path, drift.by].filter((one) => one !== undefined).join(' '),
      );
    if (context.dryRun) return;
    await carriedOut(step, upgrade, helm, context);
    // What was patched before, so that the pods could start, is Helm's now.
    if (step.needs.length > 0)
      for (const { object } of step.workloads) await releaseFields(context.api, object);
  });
  return {};
}

/** The revision that this run made. */
export function isOurs(
  { version, description }: StoredRelease,
  { revision }: HelmUpgradeStep,
  run: string,
): boolean {
  return version === revision + 1 && description === revisionNote(run);
}

function how(step: HelmUpgradeStep, { namespace, values }: StoredRelease, run: string) {
  const { driver, override } = step;
  return { namespace, driver, values: joinValues(values, override), description: revisionNote(run) };
}

async function carriedOut(
  step: HelmUpgradeStep,
  upgrade: (dryRun: boolean) => Promise<StoredRelease>,
  helm: Helm,
  context: RunContext,
): Promise<void> {
  try {
    const made = await upgrade(false);
    if (made.version === step.revision + 1) return;
    // Somebody upgraded in this very moment: theirs comes back.
    await back(step, helm, made.version - 1);
    throw changedSince(step, `revision ${made.version - 1}`);
  } catch (error) {
    if (error instanceof PullmendError && error.code === 'PM_RELEASE_CHANGED') throw error;
    const found = await newestRevision(step.object, context, [step.driver]);
    if (found !== undefined && found.release.version === step.revision + 1)
      await back(step, helm, step.revision, error);
    throw error;
  }
}

async function back(step: HelmUpgradeStep, helm: Helm, revision: number, before?: unknown): Promise<void> {
  const { namespace = '', name } = step.object;
  try {
    await helm.rollback(name, revision, { namespace, driver: step.driver });
  } catch (cause) {
    const reason = [before, cause].flatMap((one) => (one === undefined ? [] : [reasonOf(one)])).join('; ');
    throw new PullmendError(
      'PM_RELEASE_OPEN',
      { release: objectName(step.object), revision, reason },
      { cause },
    );
  }
}
