import type { JsonObject } from '../../core/model/index.ts';

/** Names the run that created an object, so that undo knows its own after a crash. */
export const runAnnotation = 'pullmend.dev/run';

/** The manifest with the run's name in an annotation. */
export function markedForRun(manifest: JsonObject, run: string): JsonObject {
  const metadata = (manifest.metadata as JsonObject | undefined) ?? {};
  const annotations = (metadata.annotations as JsonObject | undefined) ?? {};
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, [runAnnotation]: run } } };
}

/** The run that created this object, if one did. */
export function runOf(object: JsonObject): string | undefined {
  const metadata = (object.metadata as JsonObject | undefined) ?? {};
  const value = (metadata.annotations as JsonObject | undefined)?.[runAnnotation];
  return typeof value === 'string' ? value : undefined;
}
