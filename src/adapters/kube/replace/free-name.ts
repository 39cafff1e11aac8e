import { randomBytes } from 'node:crypto';
import { asObject } from '../../../core/knowledge/pods/index.ts';
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
