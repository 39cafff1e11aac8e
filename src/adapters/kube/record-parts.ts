import { isDeepStrictEqual } from 'node:util';
import { asObject, digText, objectRef } from '../../core/knowledge/pods/index.ts';
import {
  objectName,
  type JsonObject,
  type Receipt,
  type RecordHeader,
  type RepairRecord,
  type RunState,
  type UnreadableReason,
  type UnreadableRecord,
} from '../../core/model/index.ts';
import { receiptSchema, recordHeaderSchema, runStates } from '../../core/model/schemas/index.ts';

/** All ConfigMaps that hold records, and those of one run. */
export const recordLabel = 'pullmend.dev/record';
export const runLabel = 'pullmend.dev/run';

/** etcd refuses objects over 1.5 MiB and the API server ConfigMaps over 1 MiB; the rest is headroom for edits. */
const maxPartBytes = 700_000;

export type ReadRecords = {
  readonly records: readonly RepairRecord[];
  readonly unreadable: readonly UnreadableRecord[];
};

export function receiptKey(step: string): string {
  return `receipt.${step}`;
}

/** The ConfigMaps of a record: one for each namespace, more where it is large. */
export function partsOf(record: RepairRecord): readonly JsonObject[] {
  const { status, ...header } = record;
  const byNamespace = Map.groupBy(status.receipts, namespaceOf);
  return [...byNamespace].flatMap(([namespace, receipts]) =>
    chunk(receipts).map((data, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        namespace,
        name: `${partName(record.metadata.name)}${index === 0 ? '' : `-${index + 1}`}`,
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

/** Puts parts together again, newest run first; what is damaged or forged is left out and told. */
export function joinParts(maps: readonly JsonObject[]): ReadRecords {
  const unreadable: UnreadableRecord[] = [];
  const parts = maps.flatMap((map) => {
    const part = readPart(map);
    if ('reason' in part) unreadable.push(part);
    return 'reason' in part ? [] : [part];
  });
  const byRun = Map.groupBy(parts, (part) => part.header.metadata.name);
  const records = [...byRun.values()].map((same) => join(same, unreadable));
  return {
    records: records.toSorted((a, b) => b.metadata.createdAt.localeCompare(a.metadata.createdAt)),
    unreadable,
  };
}

type Part = {
  readonly state: RunState;
  readonly where: string;
  readonly namespace: string;
  readonly created: string;
  readonly header: RecordHeader;
  readonly data: JsonObject;
};

function readPart(map: JsonObject): Part | UnreadableRecord {
  const ref = objectRef(map);
  const where = objectName({ ...ref, kind: 'ConfigMap' });
  const data = asObject(map.data);
  const header = recordHeaderSchema.safeParse(parse(data.header));
  const state = runStates.find((each) => each === data.state);
  if (!header.success || state === undefined) return { where, reason: 'no-record' };
  const { name } = header.data.metadata;
  const isNamed = ref.name === partName(name) || ref.name.startsWith(`${partName(name)}-`);
  if (!isNamed || digText(map, 'metadata', 'labels', runLabel) !== name)
    return { where, reason: 'other-run' };
  return {
    where,
    namespace: ref.namespace ?? '',
    created: digText(map, 'metadata', 'creationTimestamp') ?? '',
    header: header.data,
    state,
    data,
  };
}

/** The part that was there first says what the run is; others must say the same. */
function join(parts: readonly Part[], unreadable: UnreadableRecord[]): RepairRecord {
  const ordered = parts.toSorted((a, b) => a.created.localeCompare(b.created));
  const { header, state } = ordered[0] as Part;
  const receipts = new Map<string, Receipt>();
  for (const part of ordered) {
    if (!isDeepStrictEqual(part.header, header)) {
      unreadable.push({ where: part.where, reason: 'other-header' });
      continue;
    }
    for (const [key, value] of Object.entries(part.data)) {
      if (!key.startsWith(receiptKey(''))) continue;
      const receipt = readReceipt(key, value, part.namespace);
      if (typeof receipt === 'string') unreadable.push({ where: part.where, reason: receipt, key });
      else if (receipts.has(key)) unreadable.push({ where: part.where, reason: 'twice', key });
      else receipts.set(key, receipt);
    }
  }
  return { ...header, status: { state, receipts: [...receipts.values()].toSorted(byStep) } };
}

function readReceipt(key: string, value: unknown, namespace: string): Receipt | UnreadableReason {
  const read = receiptSchema.safeParse(parse(value));
  if (!read.success || receiptKey(read.data.step.id) !== key) return 'no-receipt';
  // Files lie on somebody's machine: their records never come from a cluster.
  if ('file' in read.data.step) return 'no-receipt';
  return namespaceOf(read.data) === namespace ? read.data : 'other-namespace';
}

function namespaceOf({ step }: Receipt): string {
  return step.object.namespace ?? 'default';
}

function partName(run: string): string {
  return `pullmend-${run}`;
}

function chunk(receipts: readonly Receipt[]): readonly Record<string, string>[] {
  const chunks: Record<string, string>[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const receipt of receipts) {
    const text = JSON.stringify(receipt);
    const bytes = Buffer.byteLength(text);
    if (size + bytes > maxPartBytes) {
      chunks.push({});
      size = 0;
    }
    const last = chunks.at(-1) ?? {};
    last[receiptKey(receipt.step.id)] = text;
    size += bytes;
  }
  return chunks;
}

function byStep(a: Receipt, b: Receipt): number {
  return a.step.id.localeCompare(b.step.id, 'en', { numeric: true });
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
