import { PullmendError, reasonOf } from '../core/base/index.ts';
import { isRunOf, namespacesOfRun, type RepairRecord, type RunScope } from '../core/model/index.ts';
import type { World } from './world.ts';

/** Runs on files are known without a cluster, so a cluster that cannot be reached hides only its own, and it is said. */
export async function runsIn(scope: RunScope, world: World): Promise<readonly RepairRecord[]> {
  const { outside, options } = world;
  const onFiles = scope.namespace === undefined ? await (await outside.fileRecords()).list() : [];
  let onCluster: readonly RepairRecord[] = [];
  try {
    onCluster = await clusterRuns(scope, world);
  } catch (error) {
    options.signal.throwIfAborted();
    if (onFiles.length === 0) throw error;
    options.onEvent({ type: 'notice', notice: { what: 'cluster-away', reason: reasonOf(error) } });
  }
  return [...onFiles, ...onCluster].toSorted((a, b) =>
    b.metadata.createdAt.localeCompare(a.metadata.createdAt),
  );
}

async function clusterRuns(
  { namespace, allNamespaces }: RunScope,
  { outside }: World,
): Promise<readonly RepairRecord[]> {
  const here = namespace ?? (await outside.kube()).namespace;
  const records = allNamespaces ? await outside.clusterRecords([here]) : await outside.recordsIn(here);
  return await records.list();
}

/**
 * The record of a run by its name, or of this person's newest in the scope: another's run needs its name.
 * Errors: PM_NO_SUCH_RUN, PM_NOTHING_TO_UNDO.
 */
export async function findRun(run: string | undefined, scope: RunScope, world: World): Promise<RepairRecord> {
  const { outside } = world;
  const name = run ?? (await newestRun(scope, world));
  const onFiles = await (await outside.fileRecords()).load(name);
  if (onFiles !== undefined) return onFiles;
  const kube = await outside.kube();
  const record = await (await outside.clusterRecords([scope.namespace ?? kube.namespace])).load(name);
  if (record === undefined) throw new PullmendError('PM_NO_SUCH_RUN', { run: name });
  return record;
}

async function newestRun(scope: RunScope, world: World): Promise<string> {
  const open = (await runsIn(scope, world)).filter(({ status }) => status.state !== 'undone');
  const onCluster = open.some(({ spec }) => spec.cluster !== undefined);
  const user = onCluster ? (await (await world.outside.kube()).whoAmI()).user : '';
  // Runs on files lie in the folder of whoever made them.
  const newest = open.find((record) => record.spec.cluster === undefined || isRunOf(record, user));
  if (newest === undefined) throw new PullmendError('PM_NOTHING_TO_UNDO', {});
  return newest.metadata.name;
}

/** Namespaces that a run changed; none for a run on files. */
export function namespacesOfRecord(record: RepairRecord): readonly string[] {
  if (record.spec.cluster === undefined) return [];
  return namespacesOfRun(record);
}
