import { setTimeout as sleep } from 'node:timers/promises';
import { podsOf, waitingOf, type KubeObject, type Pod } from '../world/index.ts';
import { prepare, withScenario, type Context, type Lab } from '../run/index.ts';
import type { Scenario } from '../file/index.ts';
import type { Case } from './case.ts';

/** What kubelet and runtime said about one staged failure. */
export type MessageRecord = {
  readonly id: string;
  readonly class: Case['class'];
  readonly inner?: string;
  readonly kubelet: string;
  readonly runtime: string;
  readonly image: string;
  readonly reason: string;
  /** The waiting message, or the Event where no container was tried. */
  readonly message: string;
  /** What the kubelet says beside it when it cannot read a pull secret. */
  readonly secretWarning?: string;
  /** Everything else that was said: waiting messages and warnings, each once. */
  readonly said: readonly Said[];
};

type Said = { readonly source: 'waiting' | 'event'; readonly reason: string; readonly message: string };

const SECRET_WARNING = 'FailedToRetrieveImagePullSecret';

/** The kubelet tries again after 10 s; by then it has said everything that it says. */
const LISTENING_MS = 12_000;
const LOOK_MS = 500;

/** Stages one case and listens; throws Error when it does not fail as told. */
export async function recordCase(
  lab: Lab,
  one: Case,
  scenario: Scenario,
  say: (text: string) => void,
): Promise<MessageRecord> {
  const signal = AbortSignal.timeout(scenario.timeout * 1000);
  return withScenario(lab, scenario, say, signal, async (context) => {
    await prepare(context);
    const said = await listen(context);
    const decisive = said.find(({ source, reason }) =>
      one.event === undefined
        ? source === 'waiting' && reason !== 'ContainerCreating'
        : source === 'event' && new RegExp(one.event.reason, 'u').test(reason),
    );
    if (decisive === undefined) throw new Error('nothing was said');
    const warning = said.find(({ reason }) => reason === SECRET_WARNING);
    const pod = await podOf(context);
    return {
      id: one.name,
      class: one.class,
      ...(one.inner === undefined ? {} : { inner: one.inner }),
      ...(await versionsOf(context, pod.spec.nodeName ?? '')),
      image: pod.spec.containers[0]?.image ?? '',
      reason: decisive.reason,
      message: decisive.message,
      ...(warning === undefined ? {} : { secretWarning: warning.message }),
      said: said.filter((entry) => entry !== decisive && entry !== warning && entry.message !== ''),
    };
  });
}

async function listen(context: Context): Promise<readonly Said[]> {
  const heard = new Map<string, Said>();
  const until = performance.now() + LISTENING_MS;
  while (performance.now() < until) {
    const pod = await podOf(context);
    const waiting = waitingOf(pod).map(({ reason, message }) => ({
      source: 'waiting' as const,
      reason,
      message,
    }));
    for (const said of [...waiting, ...(await eventsOf(context, pod))]) {
      heard.set(JSON.stringify(said), said);
    }
    await sleep(LOOK_MS, undefined, { signal: context.signal });
  }
  return [...heard.values()];
}

type WholePod = Pod & { readonly spec: { readonly containers: readonly { readonly image: string }[] } };

async function podOf({ lab, ns }: Context): Promise<WholePod> {
  const [pod] = podsOf('Pod/web', (await lab.kube.list('v1', 'Pod', ns)) as readonly Pod[], []);
  if (pod === undefined) throw new Error('the pod is gone');
  return pod as WholePod;
}

type Event = KubeObject & {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject?: { readonly uid?: string };
};

async function eventsOf({ lab, ns }: Context, { metadata }: Pod): Promise<readonly Said[]> {
  const events = (await lab.kube.list('v1', 'Event', ns)) as readonly Event[];
  return events
    .filter(({ involvedObject }) => involvedObject?.uid === metadata.uid)
    .filter(({ type, reason }) => type === 'Warning' || reason === 'BackOff')
    .map(({ reason = '', message = '' }) => ({ source: 'event', reason, message }));
}

async function versionsOf(
  { lab }: Context,
  name: string,
): Promise<{ readonly kubelet: string; readonly runtime: string }> {
  const node = (await lab.kube.get({ apiVersion: 'v1', kind: 'Node', name }, undefined)) as
    | { readonly status: { readonly nodeInfo: Readonly<Record<string, string>> } }
    | undefined;
  const { kubeletVersion = '', containerRuntimeVersion = '' } = node?.status.nodeInfo ?? {};
  return { kubelet: kubeletVersion, runtime: containerRuntimeVersion };
}
