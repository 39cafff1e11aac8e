import { fieldState, readField } from '../../core/edit/index.ts';
import { fieldManager, type JsonObject, type PatchStep } from '../../core/model/index.ts';
import type { Lost } from '../module.ts';

/** Who wrote a field after pullmend did, from `managedFields`; undefined while every field holds. */
export function lost(step: PatchStep, object: JsonObject): Lost | undefined {
  const change = step.changes.find((one) => fieldState(object, one) !== 'after');
  if (change === undefined) return undefined;
  const entries = readField(object, '/metadata/managedFields');
  const managers = Array.isArray(entries) ? (entries as readonly JsonObject[]) : [];
  const newest = managers
    .filter(({ manager, subresource }) => manager !== fieldManager && subresource === undefined)
    .toSorted((a, b) => String(b.time).localeCompare(String(a.time)))[0];
  const by = newest === undefined ? {} : { by: String(newest.manager), at: String(newest.time) };
  return { reason: 'overwritten', detail: change.path, ...by };
}
