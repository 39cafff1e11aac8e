import type { Json, JsonObject } from '../../model/index.ts';

/** Readers for foreign JSON: a value of another type counts as absent. */

export function asObject(json: unknown): JsonObject {
  return isObject(json) ? json : {};
}

export function asList(json: unknown): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

/** The objects of a list, in order; anything else in it is left out. */
export function asObjects(json: unknown): readonly JsonObject[] {
  return asList(json).filter(isObject);
}

/** A string that says something; `""` counts as absent, as in the Kubernetes API. */
export function asText(json: unknown): string | undefined {
  return typeof json === 'string' && json !== '' ? json : undefined;
}

/** The value under nested keys, if every step is an object that has it. */
export function dig(json: unknown, ...keys: readonly string[]): Json | undefined {
  let value: unknown = json;
  for (const key of keys) value = Object.hasOwn(asObject(value), key) ? asObject(value)[key] : undefined;
  return value as Json | undefined;
}

/** The string under nested keys. */
export function digText(json: unknown, ...keys: readonly string[]): string | undefined {
  return asText(dig(json, ...keys));
}

export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
