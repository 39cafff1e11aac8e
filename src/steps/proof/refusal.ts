import { asObject, asObjects, asText } from '../../core/knowledge/pods/index.ts';
import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { uidOf } from './owned.ts';

/**
 * Why a controller makes no pod: the words of a quota, of pod security or of an admission webhook. Deployments and
 * ReplicaSets have them in a condition, the others tell them in Events only.
 */
export async function refusalOf(
  owners: readonly JsonObject[],
  { list }: Pick<StepTools, 'list'>,
): Promise<string | undefined> {
  for (const owner of owners) {
    const conditions = asObjects(readField(owner, '/status/conditions'));
    const failure = conditions.find((c) => c.type === 'ReplicaFailure' && c.status === 'True');
    if (failure !== undefined) return asText(failure.message);
  }
  for (const owner of owners.filter(({ kind }) => kind !== 'Deployment' && kind !== 'ReplicaSet')) {
    const told = await lastEvent(owner, 'FailedCreate', { list });
    if (told !== undefined) return told;
  }
  return undefined;
}

/** The newest Event of this reason about an object; undefined where there is none, or Events may not be read. */
export async function lastEvent(
  object: JsonObject,
  reason: string,
  { list }: Pick<StepTools, 'list'>,
): Promise<string | undefined> {
  const namespace = String(readField(object, '/metadata/namespace') ?? '');
  try {
    const events = await list('Event', {
      namespace,
      fieldSelector: `involvedObject.uid=${uidOf(object)},reason=${reason}`,
    });
    const newest = events.toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)))[0];
    return newest === undefined ? undefined : asText(newest.message);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}

function timeOf(event: JsonObject): string {
  return String(event.lastTimestamp ?? event.eventTime ?? asObject(event.metadata).creationTimestamp ?? '');
}
