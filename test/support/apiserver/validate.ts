import { isDeepStrictEqual } from 'node:util';
import { asObject, asObjects, dig, type KindInfo } from '../../../src/core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../src/core/model/index.ts';
import { invalid, type Refusal } from './reply.ts';

/** The rules of the API server that pullmend has to live with, and no others. */
export function refusalOfUpdate(
  info: KindInfo,
  name: string,
  before: JsonObject,
  after: JsonObject,
): Refusal | undefined {
  const changed = (...path: readonly string[]) =>
    !isDeepStrictEqual(dig(before, ...path), dig(after, ...path));
  if (changed('metadata', 'uid'))
    return invalid(info, name, 'metadata.uid', 'Invalid value: field is immutable');
  if (info.kind === 'Pod' && !isDeepStrictEqual(withoutImages(before), withoutImages(after))) {
    const rule =
      'Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`';
    return invalid(info, name, 'spec', rule);
  }
  if (info.kind === 'Job' && changed('spec', 'template')) {
    return invalid(info, name, 'spec.template', 'Invalid value: field is immutable');
  }
  if (info.plural.endsWith('sets') && info.kind !== 'ReplicaSet' && changed('spec', 'selector')) {
    return invalid(info, name, 'spec.selector', 'Invalid value: field is immutable');
  }
  return undefined;
}

/** A Job may not bring the selector and labels that the API server made for another one. */
export function refusalOfCreate(info: KindInfo, name: string, object: JsonObject): Refusal | undefined {
  const manual = dig(object, 'spec', 'manualSelector') === true;
  if (info.kind === 'Job' && !manual && dig(object, 'spec', 'selector') !== undefined) {
    return invalid(info, name, 'spec.selector', 'Invalid value: `selector` not auto-generated');
  }
  return undefined;
}

function withoutImages(pod: JsonObject): JsonObject {
  const spec = asObject(pod.spec);
  const strip = (list: string) => asObjects(spec[list]).map((container) => ({ ...container, image: '' }));
  return { ...spec, containers: strip('containers'), initContainers: strip('initContainers') };
}
