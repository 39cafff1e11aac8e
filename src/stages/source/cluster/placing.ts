import { asObject, asObjects, asText, dig, digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';

/** Taints that say how a node is just now, not for whom it is. */
const passing = /^node\.kubernetes\.io\/|^node\.cloudprovider\.kubernetes\.io\//;

/** May the scheduler put a pod with this spec on the node, by labels and taints: selector, required affinity, tolerations. */
export function mayRunOn(spec: JsonObject, node: JsonObject): boolean {
  const labels = asObject(dig(node, 'metadata', 'labels'));
  const selected = Object.entries(asObject(spec.nodeSelector)).every(([key, value]) => labels[key] === value);
  return selected && isAttracted(spec, labels) && isTolerant(spec, node);
}

/** Terms that name a node are of a DaemonSet: it has another pod for each of the others. */
function isAttracted(spec: JsonObject, labels: JsonObject): boolean {
  const required = dig(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = asObjects(asObject(required).nodeSelectorTerms);
  return (
    terms.length === 0 ||
    terms.some((term) => asObjects(term.matchExpressions).every((one) => matches(one, labels)))
  );
}

function matches({ key, operator, values }: JsonObject, labels: JsonObject): boolean {
  const label = asText(labels[asText(key) ?? '']);
  const given = Array.isArray(values) ? values : [];
  switch (operator) {
    case 'In':
      return label !== undefined && given.includes(label);
    case 'NotIn':
      return label === undefined || !given.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'Gt':
      return Number(label) > Number(given[0]);
    case 'Lt':
      return Number(label) < Number(given[0]);
    default:
      return true;
  }
}

function isTolerant(spec: JsonObject, node: JsonObject): boolean {
  const tolerations = asObjects(spec.tolerations);
  return asObjects(dig(node, 'spec', 'taints'))
    .filter((taint) => taint.effect !== 'PreferNoSchedule' && !passing.test(digText(taint, 'key') ?? ''))
    .every((taint) => tolerations.some((one) => tolerates(one, taint)));
}

function tolerates(toleration: JsonObject, taint: JsonObject): boolean {
  const { key, operator, value, effect } = toleration;
  if (asText(effect) && effect !== taint.effect) return false;
  if (!asText(key)) return operator === 'Exists';
  return (
    key === taint.key && (operator === 'Exists' || (asText(value) ?? '') === (asText(taint.value) ?? ''))
  );
}
