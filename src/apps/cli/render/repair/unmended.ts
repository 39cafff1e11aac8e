import { deliveredFrom } from '../../../../core/i18n/index.ts';
import type {
  ManagerRef,
  PullProblem,
  RepairPlan,
  Unmended,
  UnmendedReason,
} from '../../../../core/model/index.ts';
import { adviceRows } from '../diagnosis/advice.ts';
import { deviationsOf, whenceCommands } from '../diagnosis/whence.ts';
import { kubectlName, shellWord, title } from '../names.ts';
import type { Page } from '../page.ts';
import { indented, row } from '../rows.ts';

/** More commands than this are a list, not an advice. */
const mostCommands = 3;

/** The `you` rows of one image: why it is left alone, what to do, and commands that can be pasted. */
export function unmendedRows(
  problem: PullProblem,
  left: readonly Unmended[],
  page: Page,
  copy?: string,
): readonly string[] {
  return groups(left).flatMap((group) => {
    const [first] = group;
    if (first !== undefined && isOfClass(first.reason, problem))
      return adviceRows(page.m.problems.labels.you, problem, page);
    const decided =
      first === undefined || !decidedElsewhere.has(first.reason) ? [] : deviationsOf(problem, first.object);
    const commands = [...new Set(decided.flatMap((one) => whenceCommands(one, copy)))];
    return commands.length === 0 ? groupRows(group, page) : whenceGroupRows(commands, page);
  });
}

/** Where no mirror helps, it is the cause that must end, as diagnose says. */
function isOfClass(reason: UnmendedReason, { status }: PullProblem): boolean {
  if (reason === 'mirror-useless') return true;
  return status.diagnosis.mirrorHelps === 'no' && (reason === 'no-copy' || reason === 'mirrors-fail');
}

/** Repairs that did not last, though no pod fails of that now. */
export function notLastingRows(
  plan: RepairPlan,
  problems: readonly PullProblem[],
  page: Page,
): readonly string[] {
  const left = notLasting(plan, problems);
  if (left.length === 0) return [];
  return [
    '',
    page.paint.strong(page.m.problems.notLasting(left.length)),
    ...groups(left).flatMap((group) => groupRows(group, page)),
  ];
}

/** What the plan leaves alone that is no problem yet. */
export function notLasting(plan: RepairPlan, problems: readonly PullProblem[]): readonly Unmended[] {
  const failing = new Set(problems.map(({ spec }) => spec.image));
  return plan.spec.unmended.filter(({ image, reason }) => reason === 'reverted' && !failing.has(image));
}

/** Reasons for which the place to change is told by where the image comes from. */
const decidedElsewhere: ReadonlySet<UnmendedReason> = new Set(['admission', 'managed']);

function whenceGroupRows(commands: readonly string[], page: Page): readonly string[] {
  const shown = commands.slice(0, mostCommands);
  return [
    ...row(page.m.problems.labels.you, page.m.whence.changeThere, page),
    ...indented(shown.map((line) => page.paint.strong(line))),
    ...(commands.length > shown.length ? indented([page.m.words.more(commands.length - shown.length)]) : []),
  ];
}

function groups(left: readonly Unmended[]): readonly (readonly Unmended[])[] {
  const byReason = Map.groupBy(left, (one) => JSON.stringify([one.reason, one.detail, one.manager]));
  return [...byReason.values()];
}

function groupRows(group: readonly Unmended[], page: Page): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { labels } = page.m.problems;
  const text = page.m.unmended[first.reason];
  const more = group.length > 1 ? ` (+${group.length - 1})` : '';
  const subject = subjectOf(first, title(first.object) + more, page);
  const commands = [...new Set(group.flatMap((one) => commandsOf(one, page)))];
  const shown = commands.slice(0, mostCommands);
  return [
    ...row(
      labels.you,
      page.m.words.sentences(
        [text.why(subject), mayBePresent(group) ? page.m.problems.ifPresent : '', text.do(subject)].filter(
          Boolean,
        ),
      ),
      page,
    ),
    // Never wrapped: a command must survive copy and paste.
    ...indented(shown.map((line) => page.paint.strong(line))),
    ...(commands.length > shown.length ? indented([page.m.words.more(commands.length - shown.length)]) : []),
  ];
}

/** The same for one object, in words and commands. */
export function leftTexts(
  one: Unmended,
  page: Page,
): { readonly why: string; readonly advice: string; readonly commands: readonly string[] } {
  const text = page.m.unmended[one.reason];
  const subject = subjectOf(one, title(one.object), page);
  return {
    why: text.why(subject),
    advice: text.do(subject).replace(/[:：]$/, ''),
    commands: commandsOf(one, page),
  };
}

function commandsOf(one: Unmended, page: Page): readonly string[] {
  return [...copyCommands(one, page), command(one, page), ...meanwhile(one, page)];
}

function subjectOf(one: Unmended, object: string, page: Page) {
  const { image, copyTo, detail, manager } = one;
  return {
    object,
    image,
    // A plan of before has the name as a text.
    detail: manager === undefined ? detail : page.m.managers.title(manager),
    copyTo,
    ...deliveryOf(manager, page),
    program: page.program,
  };
}

function deliveryOf(
  manager: ManagerRef | undefined,
  { m }: Page,
): { readonly does?: string; readonly source?: string } {
  if (manager?.sync === undefined) return {};
  const { source } = manager;
  return {
    does: m.managers.does(manager),
    ...(source === undefined ? {} : { source: deliveredFrom(source) }),
  };
}

/** What holds while the source still names the old image. */
function meanwhile({ object, reason, manager }: Unmended, { program }: Page): readonly string[] {
  if (reason !== 'managed' || manager?.source === undefined) return [];
  const where = object.namespace === undefined ? '' : ` -n ${shellWord(object.namespace)}`;
  return [`${program} fix${where} --allow-node-changes`];
}

/** Makes the change for a checkout of the source as a patch. */
function sourceCommand({ object }: Unmended, { program }: Page): string {
  const where = object.namespace === undefined ? '' : ` -n ${shellWord(object.namespace)}`;
  return `${program} plan${where} --source DIR`;
}

/** A kubelet tells the API of its 50 largest images only, and of new ones late: the others may be on the node too. */
function mayBePresent(group: readonly Unmended[]): boolean {
  return group.some(
    ({ reason, usages }) =>
      (reason === 'no-copy' || reason === 'mirrors-fail') &&
      usages.some(({ pullPolicy, position }) => pullPolicy === 'Always' && position === undefined),
  );
}

/** What brings a copy: on a machine that reaches the image, or by asking the service that fills a mirror. */
function copyCommands({ image, copyTo, requestVia }: Unmended, { program }: Page): readonly string[] {
  const name = shellWord(image);
  return [
    ...(copyTo === undefined ? [] : [`${program} copy ${name} ${shellWord(copyTo)}`]),
    ...(requestVia === undefined ? [] : [`${program} request ${name} --via ${requestVia}`]),
  ];
}

function command(one: Unmended, page: Page): string {
  const file = one.usages[0]?.position;
  if (file !== undefined && !needsNoObject.has(one.reason)) {
    return `sed -n ${file.line}p ${shellWord(file.file)}`;
  }
  const object = kubectlName(one.object);
  const image = shellWord(one.image);
  switch (one.reason) {
    case 'no-copy':
    case 'name-taken':
      return `${page.program} find ${image}`;
    case 'mirrors-fail':
      return `${page.program} mirrors check`;
    case 'only-different':
    case 'only-unverified':
      return `${page.program} find ${image} && ${page.program} fix --allow-unverified`;
    case 'mirror-useless':
    case 'job-progress':
      return `kubectl describe ${object}`;
    case 'escaped-text':
    case 'invalid-name':
    case 'never-pull':
      return `kubectl edit ${object}`;
    case 'reverted':
      return aliasCommand(one);
    case 'managed':
      return one.manager?.source === undefined ? `${page.program} owner ${object}` : sourceCommand(one, page);
    case 'admission':
      return `${page.program} owner ${object}`;
    case 'static-pod':
    case 'unknown-owner':
      return `kubectl get ${object} -o yaml | grep -n image`;
    case 'owner-unreadable':
      return canI(one);
    case 'terminating':
      return `kubectl get ${object} -o yaml | grep -n -A3 -E "finalizers|deletionTimestamp"`;
    case 'always-admission':
      return 'kubectl get mutatingwebhookconfigurations';
    case 'always-pull':
    case 'always-load':
      return policyPatch(one);
    case 'ephemeral-container':
      return `kubectl debug ${object} -it --image=IMAGE`;
    case 'paused':
      return `kubectl rollout resume ${object}`;
    case 'partition':
      return `kubectl patch ${object} -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'`;
    case 'old-revision':
      return one.object.kind === 'ReplicaSet' || one.object.kind === 'Job'
        ? `kubectl describe ${object}`
        : `kubectl rollout history ${object}`;
    case 'runtime-config':
    case 'cause-unknown':
      return `kubectl describe ${object}`;
    case 'not-selected':
      return `${page.program} plan -A --only ${shellWord(`image=${one.image}`)}`;
  }
}

/** Gives one node the copy under the name that the object keeps; run on the node. */
function aliasCommand({ image, copy }: Unmended): string {
  const [from, to] = [shellWord(copy ?? 'COPY'), shellWord(image)];
  return `ctr -n k8s.io images pull ${from} && ctr -n k8s.io images tag ${from} ${to}`;
}

/** `get replicasets.apps in shop`, as the API server is asked about it. */
function canI({ detail = '', object }: Unmended): string {
  const [, verb = 'get', resource = 'pods', namespace = object.namespace] =
    /^(\S+) (\S+)(?: in (\S+))?$/.exec(detail) ?? [];
  return `kubectl auth can-i ${verb} ${resource}${namespace === undefined ? '' : ` -n ${shellWord(namespace)}`}`;
}

/** A strategic merge by the names of the containers; of a pod the policy cannot change. */
function policyPatch({ object, usages }: Unmended): string {
  const lists = Map.groupBy(usages, ({ place }) =>
    place === 'initContainer' ? 'initContainers' : 'containers',
  );
  const spec = Object.fromEntries(
    [...lists].map(([list, own]) => [
      list,
      own.map(({ name }) => ({ name, imagePullPolicy: 'IfNotPresent' })),
    ]),
  );
  const template = { template: { spec } };
  const patch = object.kind === 'CronJob' ? { jobTemplate: { spec: template } } : template;
  return `kubectl patch ${kubectlName(object)} -p ${shellWord(JSON.stringify({ spec: patch }))}`;
}

/** Reasons whose command is about the image, wherever it is named. */
const needsNoObject: ReadonlySet<UnmendedReason> = new Set([
  'no-copy',
  'mirrors-fail',
  'name-taken',
  'only-different',
  'only-unverified',
]);
