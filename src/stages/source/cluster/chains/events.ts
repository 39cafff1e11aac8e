import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../../core/model/index.ts';

/** Events or other objects of one question that are looked at: enough to name causes, whatever a cluster holds. */
const mostObjects = 500;

/** The first objects of a list; none where the user may not read them. */
export async function firstOf(
  kube: Kube,
  kind: string,
  fieldSelector?: string,
  namespace?: string,
  labelSelector?: string,
): Promise<readonly JsonObject[]> {
  try {
    for await (const page of kube.pages(kind, {
      limit: mostObjects,
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    })) {
      return page;
    }
    return [];
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}

/** The first objects of a kind; none where the user may not read them, or the cluster does not have the kind. */
export async function firstServed(kube: Kube, kind: string): Promise<readonly JsonObject[]> {
  try {
    for await (const page of kube.pages(kind, { limit: mostObjects })) return page;
    return [];
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_NOT_FOUND')) return [];
    throw error;
  }
}

/** All objects of a kind; undefined where the user may not read them, which is another thing than that there are none. */
export async function listReadable(kube: Kube, kind: string): Promise<readonly JsonObject[] | undefined> {
  try {
    return await kube.list(kind);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}

/** As `Kube.find`, with undefined where the user may not read. */
export async function findReadable(
  kube: Kube,
  kind: string,
  name: string,
  namespace?: string,
): Promise<JsonObject | undefined> {
  try {
    const apiVersion = await kube.servedVersion(kind);
    return await kube.find({ apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) });
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}

/** What an event says, and when; which time field is set depends on who wrote it. */
export function timeOf(event: JsonObject): string {
  return (
    digText(event, 'series', 'lastObservedTime') ??
    digText(event, 'lastTimestamp') ??
    digText(event, 'eventTime') ??
    digText(event, 'metadata', 'creationTimestamp') ??
    ''
  );
}

/** The newest of these events for each object that they are about, by UID. */
export function newestByObject(events: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const sorted = events.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return new Map(sorted.map((event) => [digText(event, 'involvedObject', 'uid') ?? '', event]));
}
