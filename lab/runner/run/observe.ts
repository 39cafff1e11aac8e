import type { Failing } from '../file/index.ts';
import {
  describePod,
  isRunning,
  podsOf,
  waitFor,
  waitingOf,
  type KubeObject,
  type Pod,
  type Waiting,
} from '../world/index.ts';
import { check, locate, read, type Context } from './context.ts';

/** Waits until containers wait for the reason that the scenario tells. `what` names the check. */
export async function seesFailing(context: Context, expected: Failing, what: string): Promise<boolean> {
  const { of, container, reason, message, event, pods, within } = expected;
  const want = `${what}: ${of} container ${container} waits with ${reason}${message === undefined ? '' : ` /${message}/`}`;
  context.say(`${of} must fail: waiting for ${pods === 1 ? 'it' : `${pods} pods`}`);
  const matches = (waiting: Waiting): boolean =>
    waiting.container === container &&
    new RegExp(reason, 'u').test(waiting.reason) &&
    (message === undefined || new RegExp(message, 'u').test(waiting.message));
  const answer = await waitFor(
    async () => {
      const all = await ownedPods(context, of);
      const waiting = all.filter((pod) => waitingOf(pod).some(matches));
      const hit = event === undefined ? waiting : await withEvent(context, waiting, event);
      return { done: hit.length >= pods, seen: { all, hit } };
    },
    within,
    context.signal,
  );
  const { all, hit } = answer.seen;
  const first = hit.flatMap((pod) => waitingOf(pod).filter(matches))[0];
  const seen =
    first === undefined || !answer.done
      ? `${hit.length} of ${pods} pods after ${within} s; ${all.map(describePod).join(' | ') || 'no pod'}`
      : `${hit.length} pods in ${answer.seconds.toFixed(1)} s; ${first.pod} on ${first.node}: ${first.reason}: ${first.message}`;
  return check(context, want, answer.done, seen);
}

type Event = KubeObject & {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject?: { readonly uid?: string };
};

/** Those of the pods that such an Event is about. */
async function withEvent(
  { lab }: Context,
  pods: readonly Pod[],
  { reason, message }: NonNullable<Failing['event']>,
): Promise<readonly Pod[]> {
  const events = (await lab.kube.list('v1', 'Event', pods[0]?.metadata.namespace)) as readonly Event[];
  const pattern = new RegExp(message, 'u');
  const told = events.filter((one) => one.reason === reason && pattern.test(one.message ?? ''));
  return pods.filter(({ metadata }) =>
    told.some(({ involvedObject }) => involvedObject?.uid === metadata.uid),
  );
}

/** Waits until the kubelet runs the pods of an object; `pods` defaults to what the object asks for. */
export async function seesReady(
  context: Context,
  of: string,
  within: number,
  pods?: number,
): Promise<boolean> {
  context.say(`${of} must be ready: waiting`);
  const answer = await waitFor(
    async () => {
      const expected = pods ?? (await podsAskedFor(context, of));
      const all = await ownedPods(context, of);
      // A CronJob has had several runs by now.
      const enough = isKind(of, 'CronJob') ? all.length >= (expected ?? 1) : all.length === expected;
      const done = enough && all.every(isRunning);
      return { done, seen: { expected, all } };
    },
    within,
    context.signal,
  );
  const { expected, all } = answer.seen;
  const running = all.filter(isRunning).length;
  const numbers = `${running} of ${expected ?? '?'} pods run after ${answer.seconds.toFixed(1)} s`;
  const rest = all.filter((pod) => !isRunning(pod)).map(describePod);
  return check(context, `${of} is ready`, answer.done, [numbers, ...rest].join(' | '));
}

export async function ownedPods(context: Context, of: string): Promise<readonly Pod[]> {
  const { kube } = context.lab;
  const { of: named, namespace } = locate(context, of);
  const [pods, replicaSets, jobs] = await Promise.all([
    kube.list('v1', 'Pod', namespace),
    kube.list('apps/v1', 'ReplicaSet', namespace),
    kube.list('batch/v1', 'Job', namespace),
  ]);
  return podsOf(`${named.kind}/${named.name}`, pods as readonly Pod[], [...replicaSets, ...jobs]);
}

function isKind(key: string, kind: string): boolean {
  return key.split('/').at(-2) === kind;
}

type Counts = {
  readonly spec?: { readonly replicas?: number; readonly completions?: number };
  readonly status?: { readonly desiredNumberScheduled?: number };
};

async function podsAskedFor(context: Context, key: string): Promise<number | undefined> {
  const object = (await read(context, key)) as Counts | undefined;
  if (object === undefined) return undefined;
  if (isKind(key, 'DaemonSet')) return object.status?.desiredNumberScheduled;
  return object.spec?.replicas ?? object.spec?.completions ?? 1;
}
