import { isError } from '../../core/base/index.ts';
import { asObject, objectRef } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, RecordStore, UnreadableRecord } from '../../core/model/index.ts';
import { runName } from '../../core/model/schemas/index.ts';
import type { ObjectApi } from './object-api.ts';
import { patiently } from './patience.ts';
import { joinParts, partsOf, receiptKey, recordLabel, runLabel } from './record-parts.ts';
import { createSurely } from './replace/index.ts';

/** A run's record is worth waiting for an API server that restarts; nothing may change before it is written. */
const writeForMs = 30_000;

/**
 * Keeps the record of a run in ConfigMaps beside what it changed: one for each namespace (more when it is large),
 * so that whoever may change a namespace may also record and undo the change.
 *
 * @param list the ConfigMaps that a label selector names, in every namespace the user can see.
 * @param onUnreadable told of each part that is damaged, or that says what it may not say; it is left out.
 */
export function kubeRecordStore(
  api: ObjectApi,
  list: (labelSelector: string) => Promise<readonly JsonObject[]>,
  onUnreadable: (unreadable: UnreadableRecord) => void = () => {},
): RecordStore {
  /** Where the receipts of runs of this process are: they need not be looked for. */
  const own = new Map<string, ReadonlyMap<string, ObjectRef>>();

  async function partsOfRun(run: string): Promise<readonly JsonObject[]> {
    // The name comes from the command line, and goes into a selector.
    return runName.safeParse(run).success ? await list(`${runLabel}=${run}`) : [];
  }

  async function placesOf(run: string): Promise<ReadonlyMap<string, ObjectRef>> {
    const places = own.get(run) ?? placesIn(await partsOfRun(run));
    own.set(run, places);
    return places;
  }

  async function set(ref: ObjectRef, key: string, value: string): Promise<void> {
    // `add` of the same value twice is the same as once, so that a lost answer is no reason to look first.
    const write = () => api.patch(ref, [{ op: 'add', path: `/data/${key}`, value }]);
    await patiently(write, { forMs: writeForMs });
  }

  function read(maps: readonly JsonObject[]) {
    const { records, unreadable } = joinParts(maps);
    for (const each of unreadable) onUnreadable(each);
    return records;
  }

  return {
    async create(record) {
      const parts = partsOf(record);
      let made = 0;
      try {
        for (; made < parts.length; made++) await createSurely(api, parts[made] ?? {}, { forMs: writeForMs });
      } catch (error) {
        // A name that is taken belongs to another record, which stays; one whose answer was lost may be ours.
        const isTaken = isError(error, 'PM_CONFLICT') && error.params.reason === 'AlreadyExists';
        await removeParts(api, parts.slice(0, isTaken ? made : made + 1));
        throw error;
      }
      own.set(record.metadata.name, placesIn(parts));
    },
    async setReceipt(run, receipt) {
      const key = receiptKey(receipt.step.id);
      const ref = (await placesOf(run)).get(key);
      if (ref !== undefined) await set(ref, key, JSON.stringify(receipt));
    },
    async setState(run, state) {
      const refs = new Map(
        [...(await placesOf(run)).values()].map((ref) => [`${ref.namespace}/${ref.name}`, ref]),
      );
      for (const ref of refs.values()) await set(ref, 'state', state);
    },
    async load(run) {
      return read(await partsOfRun(run)).find(({ metadata }) => metadata.name === run);
    },
    async list() {
      return read(await list(`${recordLabel}=true`));
    },
    async remove(run) {
      await removeParts(api, await partsOfRun(run));
      own.delete(run);
    },
  };
}

/** Where each receipt lies. */
function placesIn(parts: readonly JsonObject[]): ReadonlyMap<string, ObjectRef> {
  return new Map(
    parts.flatMap((part) => Object.keys(asObject(part.data)).map((key) => [key, refOf(part)] as const)),
  );
}

/** Not abortable: what is left of a record would speak of a run that never was. */
async function removeParts(api: ObjectApi, parts: readonly JsonObject[]): Promise<void> {
  for (const part of parts) {
    const gone = patiently(() => api.delete(refOf(part)), { forMs: writeForMs });
    await gone.catch((error: unknown) => {
      if (!isError(error, 'PM_NOT_FOUND') && !isError(error, 'PM_FORBIDDEN')) throw error;
    });
  }
}

/** Items of a list do not say what they are. */
function refOf(part: JsonObject): ObjectRef {
  return objectRef({ ...part, apiVersion: 'v1', kind: 'ConfigMap' });
}
