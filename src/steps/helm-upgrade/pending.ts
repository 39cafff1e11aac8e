import { setTimeout as sleep } from 'node:timers/promises';
import { withStatus, type StoredRelease } from '../../adapters/helm/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText, objectRef } from '../../core/knowledge/pods/index.ts';
import { objectName, type HelmUpgradeStep, type JsonObject } from '../../core/model/index.ts';
import type { RunContext } from '../module.ts';
import { expectedPods, hasSucceeded, observed, readObject, readyPods } from '../proof/index.ts';
import { broughtBy, type Brought } from './rendered.ts';
import { newestHolder, revisionFor } from './revisions.ts';

type Pace = {
  readonly lookMs: number;
  /** How long everything must have been there. */
  readonly quietMs: number;
  readonly patienceMs: number;
};

/**
 * A helm that waits looks every two seconds (pkg/kube/wait.go), and has come by several times then. Images are pulled
 * meanwhile; who waits longer comes back with another run.
 */
const usual: Pace = { lookMs: 2000, quietMs: 10_000, patienceMs: 180_000 };

export function isPending(status: string): boolean {
  return status.startsWith('pending-');
}

/**
 * Works with the release once the operation that it waits for is over: helm ended it, or everything that it could have
 * waited for has been there for a while, so that there is no helm any more. The revision is then marked as failed, which
 * helm does when it gives up; the mark is taken off again when the work fails.
 *
 * Errors: PM_RELEASE_BUSY; those of the work.
 */
export async function afterTheEnd<T>(
  step: HelmUpgradeStep,
  context: RunContext,
  work: (release: StoredRelease) => Promise<T>,
  pace: Pace = usual,
): Promise<T> {
  const release = await ended(step, context, pace);
  if (!isPending(release.status)) return await work(release);
  const { status } = release;
  await mark(step, 'failed', context);
  try {
    return await work({ ...release, status: 'failed' });
  } catch (error) {
    const now = await revisionFor(step, context);
    if (now.version === step.revision) await mark(step, status, context);
    throw error;
  }
}

/** The release when nobody works on it any more. */
async function ended(
  step: HelmUpgradeStep,
  context: RunContext,
  { lookMs, quietMs, patienceMs }: Pace,
): Promise<StoredRelease> {
  const start = performance.now();
  let quiet: number | undefined;
  for (;;) {
    const release = await revisionFor(step, context);
    if (!isPending(release.status) || release.version !== step.revision) return release;
    const waits = await waitedFor(broughtBy(release), context);
    const now = performance.now();
    quiet = waits === undefined ? (quiet ?? now) : undefined;
    if (quiet !== undefined && now - quiet >= quietMs) return release;
    if (now - start > patienceMs)
      throw new PullmendError('PM_RELEASE_BUSY', {
        release: objectName(step.object),
        status: release.status,
        waits: waits ?? '',
      });
    await sleep(lookMs, undefined, { signal: context.signal });
  }
}

const waitable: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod']);

/** The first object that helm may still wait for. */
async function waitedFor(brought: readonly Brought[], { api }: RunContext): Promise<string | undefined> {
  for (const { ref } of brought.filter((one) => waitable.has(one.ref.kind))) {
    const live = await readObject(api, ref);
    if (live === undefined || !observed(live) || !isUp(live)) return objectName(ref);
  }
  return undefined;
}

function isUp(live: JsonObject): boolean {
  if (live.kind === 'Job') return hasSucceeded(live);
  return readyPods(live) >= expectedPods(live);
}

async function mark(step: HelmUpgradeStep, status: string, context: RunContext): Promise<void> {
  const holder = await newestHolder(step.object, context, step.driver);
  if (holder === undefined) return;
  const release = await withStatus(holder, status);
  const version = digText(holder, 'metadata', 'resourceVersion');
  await context.api.patch(objectRef(holder), [
    ...(version === undefined
      ? []
      : [{ op: 'test', path: '/metadata/resourceVersion', value: version } as const]),
    { op: 'replace', path: '/data/release', value: release },
    { op: 'replace', path: '/metadata/labels/status', value: status },
  ]);
}
