import { isDeepStrictEqual } from 'node:util';
import type { StoredRelease } from '../../adapters/helm/index.ts';
import type { HelmUpgradeStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';
import { isOurs } from './apply.ts';
import { driftOf } from './drift.ts';
import { broughtBy } from './rendered.ts';
import { newestRevision } from './revisions.ts';

/** Makes the revision of before the newest again, if the newest is ours and nobody wrote into its objects since. */
export async function undo(
  receipt: ReceiptOf<HelmUpgradeStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const found = await newestRevision(step.object, context, [step.driver]);
  if (found === undefined) return [outcome(receipt, 'gone')];
  const { release } = found;
  if (release.version === step.revision || isBack(release, step)) return [outcome(receipt, 'already')];
  const isKilled = release.version === step.revision + 1 && isUnfinished(release, step);
  if (!isOurs(release, step, context.run) && !isKilled)
    return [outcome(receipt, 'changed-since', { detail: `revision ${release.version}` })];
  const brought = broughtBy(release);
  const drift = isKilled ? undefined : await driftOf(brought, brought, context.api);
  if (drift !== undefined) {
    const { object, path, by = 'gone' } = drift;
    const detail = `${object} ${by}`;
    return [outcome(receipt, 'changed-since', { ...(path === undefined ? {} : { path }), detail })];
  }
  if (!context.dryRun) {
    const { namespace = '', name } = step.object;
    const helm = await context.helm();
    await helm.rollback(name, step.revision, { namespace, driver: step.driver });
  }
  return [outcome(receipt, 'restored')];
}

/** Helm says so of a rollback (pkg/action/rollback.go). */
function isBack({ version, description }: StoredRelease, { revision }: HelmUpgradeStep): boolean {
  return version === revision + 2 && description === `Rollback to ${revision}`;
}

/**
 * Helm was killed in our upgrade: until it ends, a revision says only that one is prepared, so it is known by the values
 * that no other has.
 */
function isUnfinished({ status, values }: StoredRelease, { override }: HelmUpgradeStep): boolean {
  const isOpen = status === 'pending-upgrade' || status === 'failed';
  return isOpen && holds(values, override);
}

function holds(values: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null || Array.isArray(part))
    return isDeepStrictEqual(values, part);
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.entries(part).every(([key, value]) => holds((values as Record<string, unknown>)[key], value))
  );
}
