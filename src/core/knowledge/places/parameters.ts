import type { Json } from '../../model/index.ts';
import { isObject } from '../pods/index.ts';
import { namesImage } from './field-name.ts';

/** Tekton's `$(params.TOOL)`, Argo's `{{inputs.parameters.tool}}`, OpenShift's `${TOOL}`: the last name of it. */
const placeholder = /^(?:\$\(|\$\{|\{\{)\s*=?\s*(?:[\w-]+\.)*([\w-]+)\s*(?:\)|\}\}?)$/;

/** The parameters of a template of which fields named "image" hold nothing else: their values are images. */
export function imageParameters(value: Json): ReadonlySet<string> {
  const names = new Set<string>();
  collect(value, '', names);
  return names;
}

function collect(value: Json | undefined, field: string, names: Set<string>): void {
  if (typeof value === 'string') {
    const name = namesImage(field) ? placeholder.exec(value)?.[1] : undefined;
    if (name !== undefined) names.add(name);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, field, names);
  } else if (isObject(value)) {
    for (const [key, content] of Object.entries(value)) collect(content, key, names);
  }
}
