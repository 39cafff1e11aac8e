import { agePattern, secondsAgo } from './ago.ts';
import { isTelling } from './cues.ts';
import { found, objectName, type Found } from './found.ts';
import { goodNews, placement } from './pulled.ts';

/** `[namespace] age` and `first last count from [path]`: no quotes, no fields. */
const row =
  /^([^"'=\]]{0,300}?)(?<!\w)(Normal|Warning|正常|警告|告警|异常)[\s|│]+([A-Z][A-Za-z]{2,60})[\s|│]+(\S.*)$/s;
const objectCell = /^([a-z][\w.-]{0,60}\/[\w.:-]{1,253})\s+(.*)$/is;
/** `FIRST SEEN`, `COUNT` and `NAME` of `-o wide`; the name of an Event ends in a time in hexadecimal. */
const wideTail = /\s{1,200}(\S{1,40})\s{1,200}(\d{1,9})\s{1,200}[\w.:-]{1,253}\.[0-9a-f]{10,20}\s*$/;
const containerPath = /^(?:spec|status)\.[\w.-]{1,60}\{([^}]{0,253})\}:?\s+/;
const repeated = /\(x(\d{1,9}) over [^)]{1,40}\)/;
const age = new RegExp(String.raw`^(${agePattern}(?: \(x\d{1,9} over [^)]{1,40}\))?)[\s|│]+(\S.*)$`, 's');

/**
 * Reads a row of `kubectl get events` (table, `-A`, `-o wide`, `--no-headers`), `kubectl events` and the Events of
 * `kubectl describe`, new and old (kubernetes staging/src/k8s.io/kubectl/pkg/describe, ≤ 1.9 with the type in the
 * middle), and of consoles that keep its columns; `undefined` when the line is none.
 *
 * @param described the object that `kubectl describe` is about.
 */
export function readEventRow(line: string, described: string | undefined): Found | undefined {
  const cells = row.exec(line);
  if (cells === null) return undefined;
  const [, before = '', , reason = '', rest = ''] = cells;
  const place = objectCell.exec(rest);
  const isTable = place !== null && before.trim() !== '';
  const event = withoutCells(
    isTable ? tableRow(before, place[1] ?? '', place[2] ?? '') : describedRow(before, rest, described),
    reason,
  );
  const good = goodNews(event.message);
  if (good !== undefined) return { ...found(event), ...good };
  const at = placement(event.message);
  if (at !== undefined) {
    const object = objectName('Pod', at.namespace, at.pod);
    return found({ object, node: at.node, tells: 'scheduled' });
  }
  const tells = isTelling(reason, event.message) ? undefined : 'went-on';
  return found({ ...event, reason, tells });
}

type Event = Pick<Found, 'message' | 'count'> &
  Partial<Record<'object' | 'container' | 'node', string | undefined>> & {
    readonly ago?: number | undefined;
  };

function tableRow(before: string, object: string, rest: string): Event {
  const [kind = '', name = ''] = object.split('/', 2);
  const namespace = /^([a-z0-9][a-z0-9-]{0,62})\s+\S/.exec(before.trimStart())?.[1];
  const isAge = namespace === undefined || /^\d+[smhdy]/.test(namespace);
  const tail = wideTail.exec(rest);
  const source: Source = tail === null ? { text: rest } : withoutSource(rest.slice(0, tail.index));
  const seen = before.trim().split(/\s+/).at(-1) ?? '';
  return {
    message: withoutPath(source.text),
    object: objectName(kindName(kind), isAge ? undefined : namespace, name),
    count: Number(tail?.[2] ?? repeated.exec(before)?.[1] ?? 1),
    ago: secondsAgo(
      repeated.test(before)
        ? (before
            .replace(/\s*\(x.*$/s, '')
            .trim()
            .split(/\s+/)
            .at(-1) ?? '')
        : seen,
    ),
    container: containerOf(rest),
    node: source.node,
  };
}

/** `AGE  FROM  MESSAGE`, or the message alone where age and source stand before the type. */
function describedRow(before: string, rest: string, described: string | undefined): Event {
  if (/\S/.test(before.replaceAll(/[|│]/g, ''))) {
    const count = /\s(\d{1,9})\s+[{\w]/.exec(before)?.[1];
    return {
      message: withoutPath(rest),
      object: described,
      count: Number(count ?? 1),
      container:
        containerOf(rest) ?? containerOf(/(?:spec|status)\.[^\s]{1,320}\}\s/.exec(before)?.[0] ?? ''),
      node: /\bkubelet, ([\w.-]{1,253})/.exec(before)?.[1],
    };
  }
  const [, seen = '', text = rest] = age.exec(rest) ?? [];
  const isKubectl = seen !== '' || /^(?:kubelet|default-scheduler)\b/.test(text);
  const source: Source = isKubectl ? withoutSource(text) : { text };
  return {
    message: withoutPath(source.text),
    object: described,
    count: Number(repeated.exec(seen)?.[1] ?? 1),
    ago: secondsAgo(seen.replace(/ \(x.*$/s, '')),
    container: containerOf(text),
    node: source.node,
  };
}

type Source = { readonly text: string; readonly node?: string };

/** The source is one word, `kubelet, node-1` in older versions; blanks between cells may be lost in a paste. */
function withoutSource(text: string): Source {
  const path = text.replace(containerPath, '');
  const [, node, rest] = /^[\w./-]{1,253}(?:, ([\w.-]{1,253}))?[\s|│]+(\S.*)$/s.exec(path) ?? [];
  return { text: rest ?? path, ...(node !== undefined && { node }) };
}

function containerOf(text: string): string | undefined {
  return containerPath.exec(text)?.[1];
}

function withoutPath(text: string): string {
  return text.replace(containerPath, '').trim();
}

/** How the kubelet's own messages begin (pkg/kubelet/images/image_manager.go). */
const kubeletHead =
  /(?:(?:Failed to pull|Back-off pulling|Failed to inspect|Successfully pulled) image ["`]|Error: (?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)\b)/;
const podCell =
  /(?:^|[\s|│])(?:Pod|pod|容器组)[\s:：/|│]{1,20}(?:([a-z0-9-]{1,63})\/)?([a-z0-9][a-z0-9.-]{1,252})(?=[\s|│]|$)/;
/** Columns of kubectl ≤ 1.4: NAME, KIND, SUBOBJECT. */
const namedPod = /(?:^|\s)()([a-z0-9][a-z0-9.-]{1,252})\s{2,60}Pod\s/;
/** Of `argocd app get`: GROUP, KIND, NAMESPACE, NAME, STATUS. */
const argoCell =
  /(?:^|\s)Pod\s{1,60}([a-z0-9-]{1,63})\s{1,60}([a-z0-9][a-z0-9.-]{0,252})\s{1,60}(?:Synced|OutOfSync|Unknown|Running|Succeeded|Failed)\s/;
const cells = /^[^"=]{0,300}$/;
const trailing = new RegExp(
  String.raw`(?:[\s|│]{1,60}${agePattern}|(?:\s{2,60}|\t|\s{0,60}[|│]\s{0,60}|(?<=\d\d:\d\d) )\d{1,9}){1,6}[\s|│]{0,60}$`,
);

/** Cells of other columns around a message, as consoles have them: their object is kept. */
function withoutCells(event: Event, kind: string): Event {
  const at = event.message.search(kubeletHead);
  const before = at <= 0 ? '' : event.message.slice(0, at);
  if (!cells.test(before)) return event;
  const pod =
    argoCell.exec(before) ??
    podCell.exec(` ${kind === 'Pod' ? 'Pod ' : ''}${before}`) ??
    namedPod.exec(before);
  const text =
    at < 0
      ? event.message
      : event.message
          .slice(at)
          .replace(trailing, '')
          .trim()
          .replace(/[\s|│]{1,60}$/, '');
  const count =
    at <= 0 ? undefined : /[\s|│](\d{1,9})(?:[\s|│]|$)/.exec(event.message.slice(at + text.length))?.[1];
  return {
    ...event,
    message: text,
    object: event.object ?? (pod === null ? undefined : objectName('Pod', pod[1], podName(pod[2] ?? ''))),
    count: event.count === 1 && count !== undefined ? Number(count) : event.count,
  };
}

/** Without the time in hexadecimal that the name of an Event ends in. */
function podName(name: string): string {
  return name.replace(/\.[0-9a-f]{14,20}$/, '');
}

/** A row of a console's table without a type that `kubectl` prints: what stands around the kubelet's own message. */
export function readConsoleRow(line: string, described: string | undefined): Found | undefined {
  const at = line.search(kubeletHead);
  if (at <= 0 || !cells.test(line.slice(0, at)) || /["=]$/.test(line.slice(0, at).trimEnd()))
    return undefined;
  const event = withoutCells({ message: line, object: undefined, count: 1 }, '');
  const good = goodNews(event.message);
  const object = event.object ?? described;
  return good === undefined
    ? found({ ...event, object })
    : { ...good, ...found({ object, message: event.message }) };
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
  cronjob: 'CronJob',
  taskrun: 'TaskRun',
  pipelinerun: 'PipelineRun',
  helmrelease: 'HelmRelease',
};

function kindName(kind: string): string {
  return kinds[kind.toLowerCase()] ?? kind;
}
