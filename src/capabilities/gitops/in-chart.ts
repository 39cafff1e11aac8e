import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { makeTemporaryFolder } from '../../adapters/files/index.ts';
import { openHelm } from '../../adapters/helm/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { settingsEdit } from '../../core/edit/index.ts';
import { normaliseImage } from '../../core/image/index.ts';
import { asList, asObject, asText, dig, digText } from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import type { World } from '../../access/index.ts';
import { findOverride } from '../chart/index.ts';
import type { DeliveryFile } from './in-object.ts';
import type { Copy, SourceEdits } from './types.ts';

const nothing: SourceEdits = { edits: [], moved: new Set(), proof: 'rendered' };

/**
 * The values that give the images of the chart at hand their copies, found by rendering it, set in the object of the
 * delivery. Nothing where it cannot be rendered (`unbuilt` says why) or the object cannot hold them.
 */
export async function editsInChart(
  { file, document, object }: DeliveryFile,
  chart: string,
  copies: readonly Copy[],
  world: World,
): Promise<SourceEdits & { readonly unbuilt?: string }> {
  const { env, signal } = world.options;
  const place = valuesPlace(object);
  if (place === undefined) return nothing;
  const folder = await makeTemporaryFolder('values');
  try {
    const own = join(folder, 'values.yaml');
    await writeFile(own, stringify(place.values));
    const files = place.files.map((path) => join(chart, path));
    const names = new Map(copies.map((copy) => [copy.image, copy.with]));
    const override = await findOverride(
      { chart, valuesFiles: [...files, own], ...releaseOf(object) },
      async () => (image) => names.get(normaliseImage(image)),
      await openHelm({ env, signal }),
    );
    const settings = leavesOf(override.values).map(({ path, value }) => ({
      path: [...place.path, ...path] as [string, ...string[]],
      value,
    }));
    if (settings.length === 0 || override.beside.length > 0) return nothing;
    const edit = settingsEdit(file, document, settings);
    if (edit === undefined) return nothing;
    const moved = new Set(override.moved.map(({ usage }) => normaliseImage(usage.image)));
    for (const { usage } of override.unmoved) moved.delete(normaliseImage(usage.image));
    return { edits: [edit], moved, proof: 'rendered' };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PullmendError)) throw error;
    return { ...nothing, unbuilt: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type ValuesPlace = {
  /** Keys of the map that new values are put into. */
  readonly path: readonly string[];
  /** What stands there now. */
  readonly values: Json;
  /** Files of values below them, as the chart's folder sees them. */
  readonly files: readonly string[];
};

/** Undefined where values in a text or in parameters go before those that could be set. */
function valuesPlace(object: JsonObject): ValuesPlace | undefined {
  if (object.kind === 'HelmRelease') {
    // Values from ConfigMaps and Secrets are not in the checkout.
    if (asList(dig(object, 'spec', 'valuesFrom')).length > 0) return undefined;
    return { path: ['spec', 'values'], values: dig(object, 'spec', 'values') ?? {}, files: [] };
  }
  const helm = asObject(dig(object, 'spec', 'source', 'helm'));
  if (asList(helm.parameters).length > 0 || asText(helm.values) !== undefined) return undefined;
  return {
    path: ['spec', 'source', 'helm', 'valuesObject'],
    values: helm.valuesObject ?? {},
    files: asList(helm.valueFiles).flatMap((path) => asText(path) ?? []),
  };
}

function releaseOf(object: JsonObject): { readonly release?: string; readonly namespace?: string } {
  const spec = asObject(object.spec);
  const release =
    asText(spec.releaseName) ??
    digText(spec, 'source', 'helm', 'releaseName') ??
    digText(object, 'metadata', 'name');
  const namespace =
    asText(spec.targetNamespace) ??
    digText(spec, 'destination', 'namespace') ??
    digText(object, 'metadata', 'namespace');
  return { ...(release === undefined ? {} : { release }), ...(namespace === undefined ? {} : { namespace }) };
}

/** Texts by their keys; a list cannot be set in part. */
function leavesOf(
  values: JsonObject,
  above: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly value: string }[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = [...above, key];
    if (typeof value === 'string') return [{ path, value }];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value as JsonObject, path)
      : [];
  });
}
