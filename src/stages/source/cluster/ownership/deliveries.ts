import type { Kube } from '../../../../adapters/kube/index.ts';
import { objectRef, type KindInfo } from '../../../../core/knowledge/pods/index.ts';
import type { Delivery, DeliverySource, JsonObject, Manager } from '../../../../core/model/index.ts';
import { checkedManagers, settingsKind } from '../keepers.ts';
import { managersOf } from '../managers.ts';
import { rightTo, servedKind } from './climb.ts';

/** The tools that bring an object by its marks, and what each does about an edit, by its settings as they are now. */
export async function deliveriesOf(
  kube: Kube,
  object: JsonObject,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly isDeleted: boolean }> {
  const managers = await checkedManagers(kube, object, managersOf(object, undefined));
  const tools = managers.filter(({ by }) => by !== 'deletion');
  return {
    deliveries: await Promise.all(tools.map(async (manager) => await deliveryOf(kube, object, manager))),
    isDeleted: tools.length < managers.length,
  };
}

async function deliveryOf(kube: Kube, object: JsonObject, manager: Manager): Promise<Delivery> {
  const { effect: _effect, right: _right, ...ref } = manager;
  const source = sourceText(manager.source);
  return {
    object: objectRef(object),
    manager: ref,
    ...(await doing(kube, manager)),
    ...(source === '' ? {} : { source }),
  };
}

async function doing(kube: Kube, manager: Manager): Promise<Pick<Delivery, 'does' | 'right'>> {
  const { effect, sync, name, namespace } = manager;
  if (effect === 'gone') return { does: 'gone' };
  const settings = name === undefined || sync !== undefined ? undefined : settingsKind(manager);
  // They were not read; of another version than is known here they cannot be.
  if (settings !== undefined && (await isServed(kube, settings)))
    return { does: 'unreadable', right: rightTo('list', settings, namespace) };
  if (effect === 'keeps' || sync?.mode === 'suspended') return { does: 'held' };
  return { does: effect === 'reverts' ? 'reverts' : 'overwrites' };
}

async function isServed(kube: Kube, { kind, apiVersions: [apiVersion] }: KindInfo): Promise<boolean> {
  return (await servedKind(kube, { kind, apiVersion })) !== undefined;
}

/** `https://git.example/site deploy`. */
function sourceText(source: DeliverySource | undefined): string {
  const { repository, path, chart } = source ?? {};
  return [repository, path ?? chart].filter((part) => part !== undefined && !/^\.?\/?$/.test(part)).join(' ');
}
