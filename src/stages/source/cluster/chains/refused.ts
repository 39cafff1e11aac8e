import { redact } from '../../../../core/base/index.ts';
import {
  isShortOfPods,
  refusalIn,
  refuserWords,
  webhookService,
} from '../../../../core/knowledge/chains/index.ts';
import {
  asObject,
  asText,
  dig,
  digText,
  kindInfo,
  objectRef,
} from '../../../../core/knowledge/pods/index.ts';
import {
  objectName,
  type Chain,
  type JsonObject,
  type ObjectRef,
  type RefusalFinding,
} from '../../../../core/model/index.ts';
import { ownerWalk } from '../owners.ts';
import { controllerOf } from '../pods.ts';
import { chain, culpritsIn, link, linkTo, merged, type ChainContext, type Found } from './context.ts';
import { findReadable, firstOf, newestByObject, timeOf } from './events.ts';

/** Controllers whose refused pods are followed: a webhook that is down refuses all of them alike. */
const mostControllers = 50;
/** Of a refuser's words: policies quote whole containers. */
const maxMessage = 1000;

/** A controller that may make no pods, what it is told, and the workload that somebody wrote. */
type Refused = { readonly controller: JsonObject; readonly workload: ObjectRef; readonly message: string };

/** What is refused: workloads by who refuses them, and ways to the Service behind a silent webhook. */
export type RefusedPods = Found & { readonly findings: readonly RefusalFinding[] };

/**
 * Controllers that cannot make their pods, from the Events in which they say so (they try again at least every
 * 17 minutes, so that an Event is there). Where a webhook does not answer: → the webhook's Service → its pods.
 *
 * @param namespace that of the controllers; absent: all.
 * @param isWanted whether a controller or its owner is among those that were asked for.
 */
export async function refusedPods(
  context: ChainContext,
  namespace: string | undefined,
  isWanted: (object: ObjectRef) => boolean,
): Promise<RefusedPods> {
  const events = newestByObject(await firstOf(context.kube, 'Event', 'reason=FailedCreate', namespace));
  const climb = ownerWalk(context.kube);
  const found = [...events.values()].slice(0, mostControllers).map(async (event) => {
    const controller = await controllerIn(context, event);
    if (controller === undefined) return [];
    const above = await climb(digText(event, 'metadata', 'namespace') ?? '', controllerOf(controller));
    const owners = [controller, ...above.chain].map(objectRef);
    const workload = owners.at(-1) ?? objectRef(controller);
    return owners.some(isWanted) ? [{ controller, workload, message: digText(event, 'message') ?? '' }] : [];
  });
  const refused = (await Promise.all(found)).flat();
  const silent = refused.filter(({ message }) => webhookService(message) !== undefined);
  return {
    ...(await webhookChains(context, silent)),
    findings: findingsOf(refused.filter((one) => !silent.includes(one))),
  };
}

/** The controller that an event is about, if it is still there and still lacks pods. */
async function controllerIn({ kube }: ChainContext, event: JsonObject): Promise<JsonObject | undefined> {
  const about = asObject(dig(event, 'involvedObject'));
  const kind = asText(about.kind) ?? '';
  if (kindInfo(kind, asText(about.apiVersion))?.podSpecPath === undefined) return undefined;
  const object = await findReadable(kube, kind, asText(about.name) ?? '', asText(about.namespace));
  return object !== undefined && isShortOfPods(object, timeOf(event)) ? object : undefined;
}

/** One finding for each refuser in a namespace: a full quota turns down everything there. */
function findingsOf(refused: readonly Refused[]): readonly RefusalFinding[] {
  const told = refused.map((one) => ({ ...one, refusal: refusalIn(one.message) }));
  const groups = Map.groupBy(told, ({ workload, refusal: { by, name }, message }) =>
    JSON.stringify([workload.namespace, by, name ?? (by === 'other' ? message : '')]),
  );
  return [...groups.values()].flatMap((group): readonly RefusalFinding[] => {
    const objects = [...new Map(group.map(({ workload }) => [objectName(workload), workload])).values()];
    const [head, ...rest] = objects;
    const [first] = group;
    if (head === undefined || first === undefined) return [];
    const message = redact(refuserWords(first.message)).slice(0, maxMessage);
    return [{ kind: 'pods-refused', objects: [head, ...rest], ...first.refusal, message }];
  });
}

async function webhookChains(context: ChainContext, refused: readonly Refused[]): Promise<Found> {
  const services = new Map<string, Promise<Behind>>();
  const found = refused.map(async ({ controller, message }): Promise<Found> => {
    const service = webhookService(message);
    if (service === undefined) return merged([]);
    const key = `${service.namespace}/${service.name}`;
    const behind = services.get(key) ?? behindService(context, service);
    services.set(key, behind);
    const { links, culprits } = await behind;
    return { chains: [chain('dependent-webhook', linkTo(controller, message), ...links)], culprits };
  });
  return merged(await Promise.all(found));
}

type Behind = { readonly links: readonly Chain['links'][number][]; readonly culprits: Found['culprits'] };

async function behindService(
  { kube }: ChainContext,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<Behind> {
  const service = await findReadable(kube, 'Service', name, namespace);
  const ref = { apiVersion: 'v1', kind: 'Service', namespace, name };
  const labels = asObject(dig(service, 'spec', 'selector'));
  if (Object.keys(labels).length === 0) return { links: [link(ref)], culprits: [] };
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
  const culprits = culpritsIn(await firstOf(kube, 'Pod', undefined, namespace, labelSelector));
  const [end] = culprits;
  return { links: [link(ref), ...(end === undefined ? [] : [link(end.pod.ref)])], culprits };
}
