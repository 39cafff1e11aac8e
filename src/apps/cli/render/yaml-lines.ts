import { stringify } from 'yaml';
import type { JsonObject } from '../../../core/model/index.ts';

/** Values as a file of them would have them. */
export function yamlLines(values: JsonObject): readonly string[] {
  return stringify(values, { lineWidth: 0 }).trimEnd().split('\n');
}
