import { applyPatch, type Operation } from 'rfc6902';
import { asObject } from '../../../core/knowledge/pods/index.ts';
import { forward } from '../../../core/edit/index.ts';
import type { JsonObject, Loss } from '../../../core/model/index.ts';
import { expectations } from './patch.ts';
import { refuse, type DraftStep, type Proposal, type Task } from './remedy.ts';

/** Deletes the object and creates it anew with the changes: for fields that the API server does not let change. */
export function recreate(task: Task, before: JsonObject, loss: Loss | undefined): Proposal {
  const after = structuredClone(before);
  const problems = applyPatch(
    after,
    task.changes.map((change) => forward(change) as Operation),
  ).filter((p) => p !== null);
  if (problems.length > 0) return refuse('old-revision', problems[0]?.message);
  const step: DraftStep = {
    kind: 'recreate',
    object: task.workload.ref,
    needs: [],
    expect: expectations(task.mends),
    before,
    after,
    ...(loss === undefined ? {} : { loss }),
  };
  return { ok: true, steps: [step] };
}

const serverMetadata = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** The object as it can be created again: what the API server fills in itself is left out. */
export function creatable(object: JsonObject): JsonObject {
  const { status: _status, metadata, ...rest } = object;
  return { ...rest, metadata: without(asObject(metadata), serverMetadata) };
}

export function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
