import type { Json, JsonObject } from '../../model/index.ts';
import { asList, asObject, asObjects, asText, dig } from '../pods/index.ts';

/** True when a label selector of the API takes these labels; an empty or absent one takes all. */
export function selects(selector: Json | undefined, labels: JsonObject): boolean {
  const { matchLabels, matchExpressions } = asObject(selector);
  const equal = Object.entries(asObject(matchLabels)).every(([key, value]) => labels[key] === value);
  return equal && asObjects(matchExpressions).every((one) => fulfils(one, labels));
}

function fulfils({ key, operator, values }: JsonObject, labels: JsonObject): boolean {
  const value = labels[asText(key) ?? ''];
  const listed = value !== undefined && asList(values).includes(value);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}

/** True when a rule of a webhook or policy is about the creation of pods. */
export function isAboutNewPods(rule: JsonObject): boolean {
  const has = (field: string, ...wanted: readonly string[]): boolean => {
    const list = asList(rule[field]);
    return list.includes('*') || wanted.some((one) => list.includes(one));
  };
  return has('operations', 'CREATE') && has('apiGroups', '') && has('resources', 'pods', '*/*', 'pods/*');
}

/** What a webhook, or the constraints of a policy, say about where they are asked. */
export function isAskedAbout(
  constraints: JsonObject,
  rules: Json | undefined,
  { pod, namespace }: { readonly pod: JsonObject; readonly namespace: JsonObject | undefined },
): boolean {
  const podLabels = asObject(dig(pod, 'metadata', 'labels'));
  const spaceLabels = asObject(dig(namespace, 'metadata', 'labels'));
  return (
    asObjects(rules).some(isAboutNewPods) &&
    selects(constraints.objectSelector, podLabels) &&
    // Where the namespace may not be read its labels are not known; they decide nothing then.
    (namespace === undefined || selects(constraints.namespaceSelector, spaceLabels))
  );
}
