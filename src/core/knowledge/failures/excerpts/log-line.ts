import { cue, isTelling, pullReasons } from './cues.ts';
import { found, objectName, type Found } from './found.ts';
import { goodNews, placement } from './pulled.ts';

/** What systemd, rsyslog and the container runtimes put before a line; the first two name the machine. */
const prefixes: readonly RegExp[] = [
  // minikube logs.
  /^\s{0,4}\* (?=\S{3} {1,2}\d{1,2} \d\d:)/,
  // grep and tail over several files; what people indent.
  /^[\w./-]{1,200}\.(?:log|txt|out)(?:\.\d{1,3})?:(?:\d{1,9}:)?\s?/,
  /^\s{1,16}(?=[IWEF]\d{4} \d\d:\d\d:|time=|level=)/,
  // Month names in any language.
  /^\S{2,6} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})? (\S{1,253}) [\w.@/+-]{1,100}(?:\[\d{1,10}\])?: /,
  /^\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30} (\S{1,253}) [\w.@/+-]{1,100}(?:\[\d{1,10}\])?: /,
  /^\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30} (?:stdout|stderr) [FP] /,
  // `snap logs` names no machine.
  /^\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30} [\w.@/+-]{1,100}\[\d{1,10}\]: /,
  // talosctl names the node.
  /^([\d.:a-f]{3,45}): (?=\{)/,
  // kk and other installers before what they ran.
  /^\d\d:\d\d:\d\d [A-Z]{2,5} (?=\S)/,
  // stern and `kubectl logs --prefix`: pod and container.
  /^(?:\[pod\/[\w./-]{1,320}\]|[a-z0-9][\w.-]{0,252} [a-z0-9][a-z0-9-]{0,62}) (?=\{")/,
];
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s{1,10}\d{1,10} [^\]\s]{1,200}\] (.*)$/s;
const logfmt = /^(?:time|level|ts|t)=/;
/** logrus on a terminal, as nerdctl and ctr print it: `INFO[0030] trying next host   error="…" host=quay.io`. */
const terminalLog = /^(INFO|WARN|ERRO|FATA|DEBU)\[(?:\d{1,8}|\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30})\] (.*)$/s;
const pair = /(?:^|\s)([A-Za-z_][\w.]{0,60})=(?:"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)|([^\s"]*))/gs;

/** As Jenkins prints those of its agents. */
const listedEvent = /^\[(?:Normal|Warning)\]\[([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253})\]\[(\w{1,60})\] (.*)$/s;
/** As the end-to-end tests of Kubernetes print Events. */
const testedEvent =
  /\bAt \d{4}-\d\d-\d\d \S{8,20} .{1,40} - event for ([a-z0-9.-]{1,253}): \{\S{0,60} ?([\w.-]{0,253})\} (\w{1,60}): (.*)$/s;
const pullSecret = /\bUnable to retrieve pull secret\b/;
const recordedEvent =
  /^Event\(v1\.ObjectReference\{Kind:"(\w{1,60})", Namespace:"([^"]{0,63})", Name:"([^"]{1,253})".{0,400}?\}\): type: '\w{1,20}' reason: '(\w{1,60})' (.*)$/s;

/** An Event of its pod, as Airflow's operator logs it (providers/cncf/kubernetes, log_events_on_failure). */
const podEvent = /\bPod Event: (\w{1,60}) - (.*)$/s;

/**
 * Events that a program logs of a pod of its own; `undefined` for other lines.
 *
 * @param described the pod that the lines before it name, `Pod shop/web-1`.
 */
export function readPodEvent(line: string, described: string | undefined): readonly Found[] | undefined {
  const [, reason, message] = podEvent.exec(line) ?? [];
  if (reason === undefined || message === undefined) return undefined;
  const at = placement(message);
  const object = at === undefined ? described : objectName('Pod', at.namespace, at.pod);
  return readRecorded(['', '', '', '', reason, message]).map((one) => ({
    ...one,
    ...(object !== undefined && { object }),
  }));
}

/** A line without what a log daemon put before it, and the machine that it names. */
export function splitPrefix(line: string): { readonly text: string; readonly node?: string } {
  let text = line;
  let node: string | undefined;
  for (const prefix of prefixes) {
    const found = prefix.exec(text);
    if (found === null) continue;
    node ??= found[1];
    text = text.slice(found[0].length);
  }
  return node === undefined ? { text } : { text, node };
}

/**
 * The messages in a line of a log: the kubelet's klog text and structured klog, logfmt of containerd, CRI-O, docker
 * and cri-dockerd. `undefined` when the line is of no such log; empty when it tells nothing about an image.
 */
export function readLogLine(line: string): readonly Found[] | undefined {
  const entry = klog.exec(line);
  if (entry !== null) return readKlog(entry[1] ?? 'E', entry[2] ?? '');
  const listed = listedEvent.exec(line);
  if (listed !== null) return readRecorded([listed[0], 'Pod', ...listed.slice(1)]);
  const tested = testedEvent.exec(line);
  if (tested !== null) return readTested(tested);
  const printed = terminalLog.exec(line);
  if (printed !== null) return readPrinted(printed[1] ?? '', printed[2] ?? '');
  if (!logfmt.test(line)) return undefined;
  return cue.test(line) ? readLogfmt(fieldsOf(line)) : [];
}

/** Only what carries fields is a log; a bare `FATA[0021] pulling image: …` is a text. */
function readPrinted(severity: string, text: string): readonly Found[] | undefined {
  const at = text.search(/\s{1,80}(?:error|host|ref|image)=/);
  if (at < 0) {
    const good = goodNews(text.trim());
    if (good !== undefined) return [good];
    return severity === 'INFO' || severity === 'DEBU' ? [] : undefined;
  }
  return readLogfmt({ level: severity, msg: text.slice(0, at).trim(), ...fieldsOf(text.slice(at)) });
}

/** The fields of a structured line, as logfmt, klog and JSON logs name them. */
export type Fields = Readonly<Record<string, string>>;

/** The messages in a structured line, whatever wrote it. */
export function readLogfmt(fields: Fields): readonly Found[] {
  const message = fields.msg ?? fields.message ?? '';
  const cause = fields.error ?? fields.err ?? '';
  const level = fields.level ?? '';
  // k3s, k0s and others log what their containerd logs.
  if (cause === '' && logfmt.test(message)) return readLogLine(message) ?? [];
  // What nerdctl's progress says when the pull itself has failed.
  if (message === 'active check failed') return [];
  if (pullSecret.test(message)) return [secretWarning(`${message} ${cause}`, fields.pod)];
  const good = cause === '' ? goodNews(message) : undefined;
  if (good !== undefined) return [good];
  // Registries are asked one after another; that one was passed over is told at level info.
  if (cause === '' && /^(?:info|debug?|trace)$/i.test(level) && !/error|fail/i.test(message)) return [];
  const image = /\b(?:PullImage|pull(?:ing)? image|resolve reference) \\*"([^"\\\s]{1,512})\\*"/i.exec(
    message,
  )?.[1];
  const object = fields.pod === undefined ? sandboxOf(message) : objectOf(fields.pod);
  const text = cause === '' || /\bno progress\b/.test(message) ? message : cause;
  if (passedOver.test(message)) {
    const { host } = fields;
    return [
      found({ message: text.replace(passedOver, ''), image: fields.image, host, tells: 'passed-over' }),
    ];
  }
  // What a client tells of its own ways; the error that counts comes at its own level.
  if (/^(?:debug?|trace)$/i.test(level) && !cue.test(text)) return [];
  const reason = /\b(?:RunPodSandbox|CreatePodSandbox)\b/.test(message)
    ? 'FailedCreatePodSandBox'
    : fields.reason;
  return syncErrors(text, object) ?? [found({ message: text, reason, image: fields.image ?? image, object })];
}

/** containerd and docker: one endpoint failed, the next is asked. */
const passedOver =
  /^(?:trying next host\b.*|Attempting next endpoint for pull after error: |Error getting v2 registry: |Error trying v2 registry: )/s;

function readKlog(severity: string, text: string): readonly Found[] {
  if (!cue.test(text)) return [];
  const structured = /^"([^"\\]*(?:\\.[^"\\]*)*)"(?=\s|$)/s.exec(text);
  if (structured !== null) {
    const fields = fieldsOf(text.slice(structured[0].length));
    // "Event occurred" repeats an Event; other lines of level info only say what goes on.
    const isEvent = fields.type === 'Warning' || fields.message !== undefined;
    if (severity === 'I' && !isEvent && fields.err === undefined) return [];
    return readLogfmt({ ...fields, msg: fields.message ?? unquote(structured[1] ?? ''), ...placeOf(fields) });
  }
  if (pullSecret.test(text)) return [secretWarning(text, / for (\S{1,320}) due to /.exec(text)?.[1])];
  const event = recordedEvent.exec(text);
  if (event !== null) return readRecorded(event);
  const pod = /(?:\(|\b[Pp]od )"?([a-z0-9.-]{1,253})_([a-z0-9-]{1,63})[("]/.exec(text);
  const container = / and container "([a-z0-9-]{1,63})"/.exec(text)?.[1];
  const object = objectName('Pod', pod?.[2], pod?.[1]);
  if (severity === 'I' && !/\bWarning\b|\berr|fail/i.test(text)) return [];
  return syncErrors(text, object) ?? [found({ message: text, object, container })];
}

/** What the kubelet logged before it had an Event for it (≤ 1.27). */
function secretWarning(message: string, pod: string | undefined): Found {
  const object = pod === undefined ? undefined : objectOf(pod);
  return found({ message, reason: 'FailedToRetrieveImagePullSecret', object });
}

/** An Event as client-go logs it (tools/record/event.go), in the logs of controllers and provisioners. */
function readRecorded([
  ,
  kind,
  namespace,
  name,
  reason = '',
  message = '',
]: readonly string[]): readonly Found[] {
  const object = objectName(kind, namespace, name);
  const at = placement(message);
  if (at !== undefined) return [found({ object, node: at.node, tells: 'scheduled' })];
  const good = goodNews(message);
  if (good !== undefined) return [{ ...found({ object }), ...good }];
  return isTelling(reason, message) ? [found({ message, reason, object })] : [];
}

function readTested([, name, host, reason = '', message = '']: RegExpExecArray): readonly Found[] {
  const isPod = host !== '';
  const at = placement(message);
  const object = objectName(isPod || at !== undefined ? 'Pod' : undefined, at?.namespace, name);
  if (at !== undefined) return [found({ object, node: at.node, tells: 'scheduled' })];
  const good = goodNews(message);
  if (good !== undefined) return [{ ...found({ object }), ...good }];
  if (!isTelling(reason, message)) return [];
  return syncErrors(message, object) ?? [found({ message, reason, object, node: host })];
}

function placeOf(fields: Fields): Fields {
  const pod = fields.pod ?? (fields.kind === 'Pod' ? fields.object : undefined);
  return pod === undefined ? {} : { pod };
}

/**
 * `failed to "StartContainer" for "web" with ErrImagePull: "…"` (kubernetes pkg/kubelet/container/sync_result.go), one
 * for each container, and `container &Container{…} start failed in pod web_shop(…): ErrImagePull: …`.
 */
function syncErrors(text: string, object: string | undefined): readonly Found[] | undefined {
  const sync = text.matchAll(
    /failed to "(\w{1,40})" for "([^"]{0,300})" with (\w{1,60}): "([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)/g,
  );
  const errors = [...sync].map(([, action = '', target = '', reason = '', message = '']) => {
    const pod = action === 'CreatePodSandbox' ? /^([^_]{1,253})_([a-z0-9-]{1,63})\(/.exec(target) : null;
    return found({
      message: unquote(message),
      reason: action === 'CreatePodSandbox' ? 'FailedCreatePodSandBox' : reason,
      object: object ?? objectName('Pod', pod?.[2], pod?.[1]),
      container: action === 'StartContainer' ? target : undefined,
    });
  });
  if (errors.length > 0) return errors;
  return startError(text);
}

const startFailed = ' start failed in pod ';
const startTarget = new RegExp(
  String.raw`^([^_\s]{1,253})_([^(\s]{1,63})\([^)]{0,100}\): (${pullReasons}): ([^]*)$`,
);

function startError(text: string): readonly Found[] | undefined {
  const at = text.indexOf(startFailed);
  const target = at < 0 ? null : startTarget.exec(text.slice(at + startFailed.length));
  if (target === null) return undefined;
  const container = text.slice(0, at);
  const fields = container.slice(container.lastIndexOf('&Container{') + 1);
  const image = /,Image:([^,]{1,512}),/.exec(fields)?.[1];
  const own = /\bName:([a-z0-9-]{1,63}),/.exec(fields)?.[1];
  const [, name, namespace, reason, message] = target;
  return [found({ message, reason, image, object: objectName('Pod', namespace, name), container: own })];
}

/** `RunPodSandbox for &PodSandboxMetadata{Name:web,Uid:…,Namespace:shop,Attempt:0,}` of containerd. */
function sandboxOf(message: string): string | undefined {
  const [, name, namespace] =
    /\bPodSandboxMetadata\{Name:([^,]{1,253}),.{0,120}?Namespace:([^,]{1,63}),/.exec(message) ?? [];
  return objectName('Pod', namespace, name);
}

function objectOf(pod: string): string | undefined {
  const [namespace, name] = pod.split('/', 2);
  return name === undefined ? objectName('Pod', undefined, namespace) : objectName('Pod', namespace, name);
}

function fieldsOf(text: string): Fields {
  if (unescaped.test(text)) return unescapedFields(text);
  const fields: Record<string, string> = {};
  for (const [, key = '', quoted, bare] of text.matchAll(pair)) {
    fields[key] = quoted === undefined ? (bare ?? '') : unquote(quoted);
  }
  return fields;
}

/** A quote inside a quoted value that nobody escaped, as some shippers print it. */
const unescaped = /(?:^|\s)(?:msg|error|err)="[^"\\]{0,300}"[^\s"]/;

/** Each value ends where the next key begins. */
function unescapedFields(text: string): Fields {
  const keys = [...text.matchAll(/(?:^|\s)(time|level|ts|msg|error|err|host|image|pod)=/g)];
  return Object.fromEntries(
    keys.map((key, index) => {
      const value = text.slice(key.index + key[0].length, keys[index + 1]?.index ?? text.length).trim();
      return [key[1] ?? '', value.startsWith('"') ? value.replaceAll(/^"|"$/g, '') : value];
    }),
  );
}

/** Undoes one layer of Go's %q. */
export function unquote(text: string): string {
  return text.replaceAll(
    /\\(?:([nrt"\\'])|x([0-9a-f]{2})|u([0-9a-f]{4}))/gi,
    (_, plain?: string, x?: string, u?: string) => {
      if (plain !== undefined) return plain === 'n' || plain === 'r' ? '\n' : plain === 't' ? ' ' : plain;
      return String.fromCharCode(Number.parseInt(x ?? u ?? '20', 16));
    },
  );
}
