import type { Json, JsonObject } from '../../model/index.ts';
import { asList, asObject, dig, isObject } from '../pods/index.ts';
import { namesImage } from './field-name.ts';
import type { Walk } from './tell.ts';
import { walk } from './walk.ts';
import { pointerToken } from '../../base/index.ts';

/** Images that a field of a custom resource gets when nobody sets it: `default` in the schema of its definition. */
export function schemaDefaults(definition: JsonObject, base: string, to: Walk): void {
  const validation = dig(definition, 'spec', 'validation', 'openAPIV3Schema');
  schema(validation, '', `${base}/spec/validation/openAPIV3Schema`, to);
  for (const [index, version] of asList(dig(definition, 'spec', 'versions')).entries()) {
    const path = `${base}/spec/versions/${index}/schema/openAPIV3Schema`;
    schema(dig(version, 'schema', 'openAPIV3Schema'), '', path, to);
  }
}

function schema(node: Json | undefined, name: string, path: string, to: Walk): void {
  if (!isObject(node)) return;
  walk(node.default, { path: `${path}/default`, name, named: namesImage(name) }, to);
  for (const [key, property] of Object.entries(asObject(node.properties))) {
    schema(property, key, `${path}/properties/${pointerToken(key)}`, to);
  }
  schema(node.items, name, `${path}/items`, to);
  schema(node.additionalProperties, name, `${path}/additionalProperties`, to);
}

const definition = /^kind: ["']?CustomResourceDefinition["']?\s*$/m;
const imageDefault = /^\s+(?:default|\w*[iI]mage): ["']?[\w.-]+(?::\d+)?\/[\w./-]+[:@]\w/m;

/**
 * Is the text of a document a CustomResourceDefinition without an image in it, which need not be parsed: definitions
 * are the largest objects of all.
 */
export function isIdleDefinition(document: string): boolean {
  return definition.test(document) && !imageDefault.test(document);
}
