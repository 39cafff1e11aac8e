import type { Json, JsonObject } from '../model/index.ts';

/** What is no list and no single value. */
export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
