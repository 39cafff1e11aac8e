import type { JsonObject, ObjectRef } from '../../model/index.ts';
import { digText } from './json.ts';

/** Reference to an object as the API or a manifest gives it; one that is still to get its name keeps its prefix. */
export function objectRef(object: JsonObject): ObjectRef {
  const namespace = digText(object, 'metadata', 'namespace');
  const uid = digText(object, 'metadata', 'uid');
  return {
    apiVersion: digText(object, 'apiVersion') ?? '',
    kind: digText(object, 'kind') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    name: digText(object, 'metadata', 'name') ?? digText(object, 'metadata', 'generateName') ?? '',
    ...(uid === undefined ? {} : { uid }),
  };
}
