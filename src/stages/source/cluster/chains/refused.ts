import { isShortOfPods, webhookService } from '../../../../core/knowledge/chains/index.ts';
import { asObject, asText, dig, digText, kindInfo } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, JsonObject } from '../../../../core/model/index.ts';
import { chain, culpritsIn, link, linkTo, merged, type ChainContext, type Found } from './context.ts';
import { findReadable, firstOf, newestByObject } from './events.ts';

/** Controllers whose refused pods are followed: a webhook that is down refuses all of them alike. */
const mostControllers = 50;

/**
 * Controller that cannot make its pods, because a webhook does not answer → the webhook's Service → its pods.
 *
 * @param namespace that of the controllers; absent: all.
 */
export async function refusedChains(context: ChainContext, namespace: string | undefined): Promise<Found> {
  const { kube } = context;
  const events = newestByObject(await firstOf(kube, 'Event', 'reason=FailedCreate', namespace));
  const refused = [...events.values()].flatMap((event) => {
    const message = digText(event, 'message') ?? '';
    const service = webhookService(message);
    return service === undefined ? [] : [{ event, message, service }];
  });
  const services = new Map<string, Promise<Behind>>();
  const found = refused.slice(0, mostControllers).map(async ({ event, message, service }): Promise<Found> => {
    const controller = await controllerOf(context, event);
    if (controller === undefined) return merged([]);
    const key = `${service.namespace}/${service.name}`;
    const behind = services.get(key) ?? behindService(context, service);
    services.set(key, behind);
    const { links, culprits } = await behind;
    return { chains: [chain('dependent-webhook', linkTo(controller, message), ...links)], culprits };
  });
  return merged(await Promise.all(found));
}

/** The controller that an event is about, if it is still there and still lacks pods. */
async function controllerOf({ kube }: ChainContext, event: JsonObject): Promise<JsonObject | undefined> {
  const about = asObject(dig(event, 'involvedObject'));
  const kind = asText(about.kind) ?? '';
  if (kindInfo(kind, asText(about.apiVersion))?.podSpecPath === undefined) return undefined;
  const object = await findReadable(kube, kind, asText(about.name) ?? '', asText(about.namespace));
  return object !== undefined && isShortOfPods(object) ? object : undefined;
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
