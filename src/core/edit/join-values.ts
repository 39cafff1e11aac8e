import type { JsonObject } from '../model/index.ts';
import { isMap } from './is-map.ts';

/** Values as Helm joins those of several files: maps are joined, all else is replaced. */
export function joinValues(values: JsonObject, override: JsonObject): JsonObject {
  const entries = Object.entries(override).map(([key, value]) => {
    const before = values[key];
    return [key, isMap(before) && isMap(value) ? joinValues(before, value) : value] as const;
  });
  return { ...values, ...Object.fromEntries(entries) };
}
