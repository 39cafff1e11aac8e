import { randomBytes } from 'node:crypto';
import { isError, PullmendError } from '../../../core/base/index.ts';
import { asObject, digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';

/** Names of Jobs and StatefulSets become labels of pods, with a suffix: 63 characters in all. */
const longestKept = 45;

/** The same manifest under a name that nobody has. The beginning stays: policies look at it. */
export function underFreeName(manifest: JsonObject): JsonObject {
  const metadata = asObject(manifest.metadata);
  const kept = String(metadata.name ?? metadata.generateName ?? '').slice(0, longestKept);
  const name = `${kept.replace(/[^a-z0-9]+$/, '')}-${randomBytes(4).toString('hex')}`;
  return { ...manifest, metadata: { ...metadata, name } };
}

/** A refusal of the trial in the words that the object itself would have met. */
export function underOwnName(error: unknown, trial: JsonObject, own: string): unknown {
  const name = digText(trial, 'metadata', 'name') ?? '';
  const renamed = (text: string): string => text.replaceAll(name, own);
  if (isError(error, 'PM_ADMISSION_DENIED')) {
    const { object, message } = error.params;
    const params = { object: renamed(object), message: renamed(message) };
    return new PullmendError('PM_ADMISSION_DENIED', params, { cause: error });
  }
  if (isError(error, 'PM_API_ERROR')) {
    const params = { ...error.params, message: renamed(error.params.message) };
    return new PullmendError('PM_API_ERROR', params, { cause: error });
  }
  return error;
}
