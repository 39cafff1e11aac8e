import type { Kube } from '../../../../adapters/kube/index.ts';
import { injectorOf, isAskedAbout, type Injector } from '../../../../core/knowledge/admission/index.ts';
import { asObject, asObjects, dig, digText, objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { Author, JsonObject } from '../../../../core/model/index.ts';
import { findReadable, firstServed } from '../chains/events.ts';

/** Authors that are only possible and still help; with more of them none of them tells anything. */
const mostPossible = 4;

/** Who puts a container or an image into a pod, as far as the configurations of admission tell. */
export type Authors = (
  pod: JsonObject,
  what: { readonly container: string; readonly image: string },
) => Promise<{
  readonly by: readonly Author[];
  readonly injector?: Injector;
  /** Namespaces of the webhooks' Services: where the setting stands. */
  readonly services: readonly string[];
  /** Policies that name the image or the container. */
  readonly policies: readonly JsonObject[];
}>;

/** Configurations are read once; where they may not be read, the marks on the pod are all there is. */
export function authorReader(kube: Kube): Authors {
  let webhooks: Promise<readonly JsonObject[]> | undefined;
  let policies: Promise<readonly JsonObject[]> | undefined;
  const namespaces = new Map<string, Promise<JsonObject | undefined>>();
  return async (pod, { container, image }) => {
    const { namespace: name = '' } = objectRef(pod);
    const space = namespaces.get(name) ?? findReadable(kube, 'Namespace', name);
    namespaces.set(name, space);
    const [hooks, rules, namespace] = await Promise.all([
      (webhooks ??= firstServed(kube, 'MutatingWebhookConfiguration')),
      (policies ??= firstServed(kube, 'MutatingAdmissionPolicy')),
      space,
    ]);
    const injector = injectorOf(pod, container);
    const asked = hooks.filter((hook) => webhooksFor(hook, pod, namespace).length > 0);
    const known = injector && hooks.filter((hook) => injector.webhooks.test(objectRef(hook).name));
    const sure = [...rules.filter((policy) => names(policy, container, image)), ...(known ?? [])];
    const possible = [
      ...asked,
      ...rules.filter((policy) => {
        const constraints = asObject(dig(policy, 'spec', 'matchConstraints'));
        return isAskedAbout(constraints, constraints.resourceRules, { pod, namespace });
      }),
    ];
    const chosen = sure.length > 0 ? sure : possible.length > mostPossible ? [] : possible;
    const certainty = sure.length > 0 ? 'named' : 'possible';
    return {
      by: chosen.map((object) => ({ object: withoutUid(object), certainty })),
      services: [...new Set(chosen.flatMap(serviceNamespaces))],
      policies: rules.filter((policy) => names(policy, container, image)),
      ...(injector === undefined ? {} : { injector }),
    };
  };
}

function webhooksFor(
  hook: JsonObject,
  pod: JsonObject,
  namespace: JsonObject | undefined,
): readonly JsonObject[] {
  return asObjects(hook.webhooks).filter((one) => isAskedAbout(one, one.rules, { pod, namespace }));
}

/** A policy has what it adds in its own text. */
function names(policy: JsonObject, container: string, image: string): boolean {
  const text = JSON.stringify(dig(policy, 'spec', 'mutations') ?? []);
  return text.includes(image) || text.includes(`\\"${container}\\"`);
}

function serviceNamespaces(hook: JsonObject): readonly string[] {
  return asObjects(hook.webhooks).flatMap(
    (one) => digText(one, 'clientConfig', 'service', 'namespace') ?? [],
  );
}

function withoutUid(object: JsonObject) {
  const { uid: _, ...ref } = objectRef(object);
  return ref;
}
