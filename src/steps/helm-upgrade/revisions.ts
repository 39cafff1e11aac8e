import { decodeRelease, type StoredRelease } from '../../adapters/helm/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import { objectName, type HelmUpgradeStep, type JsonObject, type ObjectRef } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';

const holderKind = { secret: 'Secret', configmap: 'ConfigMap' } as const;

/** A revision, and which of the two it is that Helm keeps it in. */
export type Revision = { readonly release: StoredRelease; readonly driver: HelmUpgradeStep['driver'] };

/**
 * The newest revision of a release; undefined when there is none. Helm marks the Secrets and ConfigMaps that it keeps
 * revisions in (pkg/storage/driver). Errors: PM_FORBIDDEN, PM_RELEASE_BROKEN.
 */
export async function newestRevision(
  release: ObjectRef,
  { list }: Pick<StepTools, 'list'>,
  drivers: readonly HelmUpgradeStep['driver'][] = ['secret', 'configmap'],
): Promise<Revision | undefined> {
  for (const driver of drivers) {
    const newest = await newestHolder(release, { list }, driver);
    if (newest !== undefined) return { release: await decodeRelease(newest), driver };
  }
  return undefined;
}

/** What Helm keeps the newest revision in. */
export async function newestHolder(
  { namespace = '', name }: ObjectRef,
  { list }: Pick<StepTools, 'list'>,
  driver: HelmUpgradeStep['driver'],
): Promise<JsonObject | undefined> {
  const labelSelector = `owner=helm,name=${name},status!=superseded`;
  const found = await list(holderKind[driver], { namespace, labelSelector });
  return found.toSorted((a, b) => versionOf(b) - versionOf(a))[0];
}

/** Somebody made another revision since. */
export async function hasRevision(
  { object: { namespace = '', name }, driver }: HelmUpgradeStep,
  version: number,
  { list }: Pick<StepTools, 'list'>,
): Promise<boolean> {
  const labelSelector = `owner=helm,name=${name},version=${version}`;
  return (await list(holderKind[driver], { namespace, labelSelector })).length > 0;
}

/** What a revision says that a run made. */
export function revisionNote(run: string): string {
  return `pullmend ${run}`;
}

/** The newest revision of the step's release. Errors: PM_RELEASE_CHANGED when it is gone. */
export async function revisionFor(
  step: HelmUpgradeStep,
  tools: Pick<StepTools, 'list'>,
): Promise<StoredRelease> {
  const found = await newestRevision(step.object, tools, [step.driver]);
  if (found === undefined) throw changedSince(step, 'gone');
  return found.release;
}

export function changedSince({ object, revision }: HelmUpgradeStep, found: string): PullmendError {
  return new PullmendError('PM_RELEASE_CHANGED', {
    release: objectName(object),
    planned: `revision ${revision}`,
    found,
  });
}

function versionOf(holder: JsonObject): number {
  return Number(digText(holder, 'metadata', 'labels', 'version') ?? 0);
}
