import { isObject } from '../../core/knowledge/pods/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';

/** How many pods should run what the object says; for a Job, how many it still needs. */
export function expectedPods(object: JsonObject): number {
  switch (object.kind) {
    case 'DaemonSet':
      return number(object, '/status/desiredNumberScheduled', 0);
    case 'Job':
      return readField(object, '/spec/suspend') === true
        ? 0
        : Math.min(number(object, '/spec/parallelism', 1), number(object, '/spec/completions', 1));
    case 'CronJob':
      return 0;
    case 'Pod':
      return 1;
    default:
      return number(object, '/spec/replicas', 1);
  }
}

/** How many pods of the object are ready now, by its own count. */
export function readyPods(object: JsonObject): number {
  if (object.kind === 'Pod') {
    const conditions = readField(object, '/status/conditions');
    const list = Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : [];
    return list.some(({ type, status }) => type === 'Ready' && status === 'True') ? 1 : 0;
  }
  const path = { DaemonSet: '/status/numberReady', Job: '/status/ready' }[String(object.kind)];
  return number(object, path ?? '/status/readyReplicas', 0);
}

/** True once the controller has seen the newest spec; before that its counts are about the old one. */
export function observed(object: JsonObject): boolean {
  const generation = readField(object, '/metadata/generation');
  const seen = readField(object, '/status/observedGeneration');
  return typeof generation !== 'number' || typeof seen !== 'number' || seen >= generation;
}

/** True for a Job that has succeeded pods: they pulled the image, though they may be gone already. */
export function hasSucceeded(object: JsonObject): boolean {
  return object.kind === 'Job' && number(object, '/status/succeeded', 0) > 0;
}

/** The object's pod selector as the API takes it; undefined when it has none. */
export function labelSelector(object: JsonObject): string | undefined {
  const selector = readField(object, '/spec/selector');
  if (!isObject(selector)) return undefined;
  const labels = isObject(selector.matchLabels) ? selector.matchLabels : undefined;
  const expressions = Array.isArray(selector.matchExpressions)
    ? (selector.matchExpressions as readonly Json[])
    : [];
  // A ReplicationController's selector is the plain map of labels itself.
  const map = labels ?? (expressions.length === 0 ? selector : {});
  const equal = Object.entries(map).map(([key, value]) => `${key}=${String(value)}`);
  return [...equal, ...expressions.flatMap((e) => (isObject(e) ? [expression(e)] : []))].join(',');
}

function expression({ key, operator, values }: JsonObject): string {
  const list = `(${Array.isArray(values) ? values.join(',') : ''})`;
  switch (operator) {
    case 'In':
      return `${String(key)} in ${list}`;
    case 'NotIn':
      return `${String(key)} notin ${list}`;
    case 'DoesNotExist':
      return `!${String(key)}`;
    default:
      return String(key);
  }
}

export function number(object: JsonObject, path: string, otherwise: number): number {
  const value = readField(object, path);
  return typeof value === 'number' ? value : otherwise;
}
