import { isTelling } from './cues.ts';
import { found, objectName, type Found } from './found.ts';

/** A row of a table of Events. */
export type EventRow = {
  /** Absent when the Event is about something else. */
  readonly found?: Found;
};

/** `[namespace] age` and `first last count from [path]`: no quotes, no fields. */
const row = /^([^"'=\]]{0,300}?)\b(Normal|Warning)\s+([A-Z][A-Za-z]{2,60})\s+(\S.*)$/s;
const objectCell = /^([a-z][\w.-]{0,60}\/[\w.:-]{1,253})\s+(.*)$/is;
/** `FIRST SEEN`, `COUNT` and `NAME` of `-o wide`; the name of an Event ends in a time in hexadecimal. */
const wideTail = /\s{2,200}\S{1,40}\s{2,200}(\d{1,9})\s{2,200}[\w.:-]{1,253}\.[0-9a-f]{10,20}\s*$/;
const containerPath = /^(?:spec|status)\.[\w.-]{1,60}\{[^}]{0,253}\}:?\s+/;
const repeated = /\(x(\d{1,9}) over [^)]{1,40}\)/;

/**
 * Reads a row of `kubectl get events` (table, `-A`, `-o wide`, `--no-headers`), `kubectl events` and the Events of
 * `kubectl describe`, new and old (kubernetes staging/src/k8s.io/kubectl/pkg/describe, ≤ 1.9 with the type in the
 * middle); `undefined` when the line is none.
 *
 * @param described the object that `kubectl describe` is about.
 */
export function readEventRow(line: string, described: string | undefined): EventRow | undefined {
  const cells = row.exec(line);
  if (cells === null) return undefined;
  const [, before = '', , reason = '', rest = ''] = cells;
  const place = objectCell.exec(rest);
  const isTable = place !== null && before.trim() !== '';
  const event = isTable
    ? tableRow(before, place[1] ?? '', place[2] ?? '')
    : describedRow(before, rest, described);
  if (!isTelling(reason, event.message)) return {};
  return { found: found({ ...event, reason }) };
}

type Event = { readonly message: string; readonly object: string | undefined; readonly count: number };

function tableRow(before: string, object: string, rest: string): Event {
  const [kind = '', name = ''] = object.split('/', 2);
  const namespace = /^([a-z0-9][a-z0-9-]{0,62})\s+\S/.exec(before.trimStart())?.[1];
  const isAge = namespace === undefined || /^\d+[smhdy]/.test(namespace);
  const tail = wideTail.exec(rest);
  const wide = tail === null ? rest : withoutSource(rest.slice(0, tail.index));
  return {
    message: withoutPath(wide),
    object: objectName(kindName(kind), isAge ? undefined : namespace, name),
    count: Number(tail?.[1] ?? repeated.exec(before)?.[1] ?? 1),
  };
}

/** `AGE  FROM  MESSAGE`, or the message alone where age and source stand before the type. */
function describedRow(before: string, rest: string, described: string | undefined): Event {
  if (before.trim() !== '') {
    const count = /\s(\d{1,9})\s+[{\w]/.exec(before)?.[1];
    return { message: withoutPath(rest), object: described, count: Number(count ?? 1) };
  }
  const [, age = '', text = rest] =
    /^(\S{1,40}(?: \(x\d{1,9} over [^)]{1,40}\))?)\s+(\S.*)$/s.exec(rest) ?? [];
  return {
    message: withoutPath(withoutSource(text)),
    object: described,
    count: Number(repeated.exec(age)?.[1] ?? 1),
  };
}

/** The source is one word, `kubelet, node-1` in older versions; blanks between cells may be lost in a paste. */
function withoutSource(text: string): string {
  const path = text.replace(containerPath, '');
  return /^[\w./-]{1,253}(?:, [\w.-]{1,253})?\s+(\S.*)$/s.exec(path)?.[1] ?? path;
}

function withoutPath(text: string): string {
  return text.replace(containerPath, '').trim();
}

const kinds: Readonly<Record<string, string>> = {
  pod: 'Pod',
  node: 'Node',
  job: 'Job',
  replicaset: 'ReplicaSet',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  deployment: 'Deployment',
  persistentvolumeclaim: 'PersistentVolumeClaim',
};

function kindName(kind: string): string {
  return kinds[kind.toLowerCase()] ?? kind;
}
