import { parseAllDocuments } from 'yaml';
import type { JsonObject } from '../../../model/index.ts';
import {
  asObject,
  asObjects,
  asText,
  dig,
  digText,
  failingSurfaces,
  isObject,
  notTriedReason,
} from '../../pods/index.ts';
import { cue, isTelling } from './cues.ts';
import { found, objectName, type Found } from './found.ts';
import { goodNews, placement } from './pulled.ts';

/** The YAML parser takes about a second for this much; larger documents are read line by line. */
const maxYaml = 2 * 1024 * 1024;

/**
 * The messages in what `kubectl get -o json|yaml` prints: Pods, Events, conditions of other objects, lists of them.
 * `undefined` when the text is neither whole JSON nor whole YAML.
 */
export function readDocument(text: string): readonly Found[] | undefined {
  return parsed(text)?.flatMap(readObject);
}

/** The messages in one object of the API. */
export function readObject(value: unknown): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap(readObject);
  if (!isObject(value)) return [];
  const items = asObjects(value.items);
  if (items.length > 0) return items.flatMap(readObject);
  if (value.involvedObject !== undefined || value.regarding !== undefined) return readEvent(value);
  // The kind may have been cut off.
  const isPod = value.kind === 'Pod' || (value.kind === undefined && isObject(dig(value, 'status')));
  return [...(isPod ? readPod({ ...value, kind: 'Pod' }) : []), ...readConditions(value)];
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    if (/^\s*[[{]/.test(text)) {
      const json: unknown = JSON.parse(text);
      return Array.isArray(json) ? json : [json];
    }
    if (text.length > maxYaml) return undefined;
    const documents = parseAllDocuments(text, { uniqueKeys: false });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch {
    return undefined;
  }
}

function readPod(pod: JsonObject): readonly Found[] {
  const place = { object: nameOf(pod), node: digText(pod, 'spec', 'nodeName') };
  const failing = failingSurfaces(pod).filter(({ reason }) => reason !== notTriedReason);
  if (failing.length > 0) {
    return failing.map(({ message, reason, image, waiting }) =>
      found({ ...place, message, reason, image, container: waiting }),
    );
  }
  // Without its spec, as people cut it out.
  const lists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'];
  return lists
    .flatMap((list) => asObjects(dig(pod, 'status', list)))
    .flatMap((status) => {
      const { reason, message } = asObject(dig(status, 'state', 'waiting'));
      if (!/^(?:Err|Invalid|Registry|Signature)?Image/.test(asText(reason) ?? '')) return [];
      return [
        found({
          ...place,
          message: asText(message),
          reason: asText(reason),
          image: asText(status.image),
          container: asText(status.name),
        }),
      ];
    });
}

/** core/v1 and events.k8s.io/v1. */
function readEvent(event: JsonObject): readonly Found[] {
  const reason = asText(event.reason) ?? '';
  const message = asText(event.message) ?? asText(event.note) ?? asText(event.msg) ?? '';
  const about = asObject(event.involvedObject ?? event.regarding);
  const count = event.count ?? event.deprecatedCount ?? dig(event, 'series', 'count');
  const seen = event.lastTimestamp ?? event.deprecatedLastTimestamp ?? event.eventTime;
  const time = Date.parse(asText(seen) ?? '');
  const place = {
    object: objectName(asText(about.kind), asText(about.namespace), asText(about.name)),
    container: /\{([^}]{1,253})\}/.exec(asText(about.fieldPath) ?? '')?.[1],
    node: digText(event, 'source', 'host') ?? digText(event, 'deprecatedSource', 'host'),
    count: typeof count === 'number' && count > 0 ? count : 1,
    time: Number.isNaN(time) ? undefined : time,
  };
  const at = placement(message);
  if (at !== undefined) return [found({ object: place.object, node: at.node, tells: 'scheduled' })];
  const good = goodNews(message);
  if (good !== undefined) return [{ ...found(place), ...good }];
  return isTelling(reason, message) ? [found({ ...place, message, reason })] : [];
}

/** A pod that was never made, a node without network, a pod without volume. */
function readConditions(object: JsonObject): readonly Found[] {
  // A status that was cut out holds its conditions itself.
  const conditions = [...asObjects(dig(object, 'status', 'conditions')), ...asObjects(object.conditions)];
  return conditions.flatMap((condition) => {
    const reason = conditionReason(
      asText(condition.type),
      asText(condition.reason),
      asText(condition.status),
    );
    const message = asText(condition.message) ?? '';
    const told = asText(condition.reason) ?? '';
    // Knative and others tell in their own objects why an image is not there.
    if (object.kind !== 'Pod' && asText(condition.status) !== 'True' && cue.test(message))
      return [found({ message, reason: told, object: nameOf(object) })];
    return reason === undefined || message === '' ? [] : [found({ message, reason, object: nameOf(object) })];
  });
}

function conditionReason(
  type: string | undefined,
  reason: string | undefined,
  status: string | undefined,
): string | undefined {
  if (reason === 'FailedCreate') return reason;
  if (type === 'PodScheduled' && status === 'False') return 'FailedScheduling';
  return type === 'Ready' && reason === 'KubeletNotReady' ? 'NodeNotReady' : undefined;
}

function nameOf(object: JsonObject): string | undefined {
  return objectName(
    asText(object.kind),
    digText(object, 'metadata', 'namespace'),
    digText(object, 'metadata', 'name'),
  );
}
