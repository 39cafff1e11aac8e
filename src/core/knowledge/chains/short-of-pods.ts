import type { JsonObject } from '../../model/index.ts';
import { asText, dig } from '../pods/index.ts';

/**
 * True when a controller still lacks pods that it should have made; events about that may be an hour old.
 *
 * @param toldAt when the event was written, RFC 3339: a CronJob notes only the last Job that it could make.
 */
export function isShortOfPods(object: JsonObject, toldAt = ''): boolean {
  switch (asText(object.kind)) {
    case 'DaemonSet':
      return count(object, 'currentNumberScheduled') < count(object, 'desiredNumberScheduled');
    case 'CronJob':
      return dig(object, 'spec', 'suspend') !== true && lastRun(object) < toldAt;
    case 'Job':
      return ['active', 'succeeded', 'failed'].every((field) => count(object, field) === 0);
    default:
      return count(object, 'replicas') < Number(dig(object, 'spec', 'replicas') ?? 1);
  }
}

function lastRun(object: JsonObject): string {
  return asText(dig(object, 'status', 'lastScheduleTime')) ?? '';
}

function count(object: JsonObject, field: string): number {
  return Number(dig(object, 'status', field) ?? 0);
}
