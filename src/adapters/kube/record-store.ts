import type {
  Json,
  JsonObject,
  ObjectRef,
  Receipt,
  RecordStore,
  RepairRecord,
  RunState,
} from '../../core/model/index.ts';
import { editObject } from './edit-object.ts';
import type { ObjectApi } from './object-api.ts';

/** All ConfigMaps that hold records, and those of one run. */
export const recordLabel = 'pullmend.dev/record';
export const runLabel = 'pullmend.dev/run';

/** etcd refuses objects over 1.5 MiB and the API server ConfigMaps over 1 MiB; the rest is headroom for edits. */
const maxPartBytes = 700_000;

type Header = Omit<RepairRecord, 'status'>;

/**
 * Keeps the record of a run in ConfigMaps beside what it changed: one for each namespace (more when it is large),
 * so that whoever may change a namespace may also record and undo the change.
 *
 * @param list the ConfigMaps that a label selector names, in every namespace the user can see.
 */
export function kubeRecordStore(
  api: ObjectApi,
  list: (labelSelector: string) => Promise<readonly JsonObject[]>,
): RecordStore {
  return {
    async create(record) {
      for (const part of partsOf(record)) await api.create(part);
    },
    async setReceipt(run, receipt) {
      const key = receiptKey(receipt.step.id);
      const part = (await list(`${runLabel}=${run}`)).find((map) => dataOf(map)[key] !== undefined);
      if (part === undefined) return;
      await setData(api, refOf(part), key, JSON.stringify(receipt));
    },
    async setState(run, state) {
      for (const part of await list(`${runLabel}=${run}`)) await setData(api, refOf(part), 'state', state);
    },
    async load(run) {
      return joinParts(await list(`${runLabel}=${run}`))[0];
    },
    async list() {
      return joinParts(await list(`${recordLabel}=true`));
    },
  };
}

async function setData(api: ObjectApi, ref: ObjectRef, key: string, value: string): Promise<void> {
  await editObject(api, ref, () => [{ op: 'add', path: `/data/${key}`, value }]);
}

function partsOf(record: RepairRecord): readonly JsonObject[] {
  const { status, ...header } = record;
  const byNamespace = Map.groupBy(status.receipts, (receipt) => receipt.step.object.namespace ?? 'default');
  return [...byNamespace].flatMap(([namespace, receipts]) =>
    chunk(receipts).map((data, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        namespace,
        name: `pullmend-${record.metadata.name}${index === 0 ? '' : `-${index + 1}`}`,
        labels: {
          [recordLabel]: 'true',
          [runLabel]: record.metadata.name,
          'app.kubernetes.io/managed-by': 'pullmend',
        },
      },
      data: { header: JSON.stringify(header), state: status.state, ...data },
    })),
  );
}

function chunk(receipts: readonly Receipt[]): readonly Record<string, string>[] {
  const chunks: Record<string, string>[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const receipt of receipts) {
    const text = JSON.stringify(receipt);
    if (size + text.length > maxPartBytes) {
      chunks.push({});
      size = 0;
    }
    const last = chunks.at(-1) ?? {};
    last[receiptKey(receipt.step.id)] = text;
    size += text.length;
  }
  return chunks;
}

function joinParts(parts: readonly JsonObject[]): readonly RepairRecord[] {
  const byRun = Map.groupBy(parts, (part) => runOf(part));
  const records = [...byRun.values()].flatMap((maps) => {
    const [first] = maps;
    const header = first === undefined ? undefined : parse<Header>(dataOf(first).header);
    if (header === undefined || first === undefined) return [];
    const receipts = maps.flatMap((map) =>
      Object.entries(dataOf(map)).flatMap(([key, value]) => {
        const receipt = key.startsWith('receipt.') ? parse<Receipt>(value) : undefined;
        return receipt === undefined ? [] : [receipt];
      }),
    );
    const state = dataOf(first).state as RunState;
    return [{ ...header, status: { state, receipts: receipts.toSorted(byStep) } }];
  });
  return records.toSorted((a, b) => b.metadata.createdAt.localeCompare(a.metadata.createdAt));
}

function receiptKey(step: string): string {
  return `receipt.${step}`;
}

function byStep(a: Receipt, b: Receipt): number {
  return a.step.id.localeCompare(b.step.id, 'en', { numeric: true });
}

function parse<T>(text: Json | undefined): T | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function dataOf(map: JsonObject): JsonObject {
  return (map.data as JsonObject | undefined) ?? {};
}

function metadataOf(map: JsonObject): JsonObject {
  return (map.metadata as JsonObject | undefined) ?? {};
}

function runOf(map: JsonObject): string {
  return String((metadataOf(map).labels as JsonObject | undefined)?.[runLabel]);
}

function refOf(map: JsonObject): ObjectRef {
  const { namespace, name } = metadataOf(map);
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace: String(namespace), name: String(name) };
}
