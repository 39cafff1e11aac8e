import type { JsonObject } from '../../model/index.ts';
import { asObject, asObjects, asText } from './json.ts';

/** Tools with which people write, by the beginning of the field manager that they leave. */
const peoplesTools =
  /^(?:kubectl|helm|k9s|lens|openlens|okteto|mozilla|dashboard|node-fetch|before-first-apply|unknown|pullmend|oc$|rancher$)/i;

/**
 * The program that owns an image of a container besides people's tools, by the name under which it writes: it may write
 * the same field again. Undefined when only people wrote it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management for the form of `fieldsV1`
 */
export function programOwning(object: JsonObject, image: { readonly path: string }): string | undefined {
  const list = asObjects(asObject(object.metadata).managedFields);
  const owner = list.find(
    ({ manager, subresource, fieldsV1 }) =>
      subresource === undefined &&
      !peoplesTools.test(asText(manager) ?? '') &&
      owns(asObject(fieldsV1), image.path.split('/').slice(1)),
  );
  return owner === undefined ? undefined : asText(owner.manager);
}

/** Lists are told by the key of their items (`k:{"name":"web"}`), which a path with an index does not say: any item. */
function owns(fields: JsonObject, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  if (/^\d+$/.test(first)) {
    const items = Object.entries(fields).filter(([key]) => /^[kvi]:/.test(key));
    return items.some(([, item]) => owns(asObject(item), rest));
  }
  const next = fields[`f:${first}`];
  return next !== undefined && (Object.keys(asObject(next)).length === 0 || owns(asObject(next), rest));
}
