import type { ObjectRef } from '../../core/model/index.ts';
import type { Render } from './render.ts';
import type { ChartUsage } from './usages.ts';

/** A place that holds no image and changes all the same; a whole object when `path` is empty. */
export type Beside = { readonly object: ObjectRef; readonly path: string };

/** Checksums of what was changed on purpose. */
const checksum = /^(?:sha256:)?[0-9a-f]{32,}$/;

/**
 * What an override changes beside the images.
 *
 * @param again a second render without the override: what differs there is new at every render.
 */
export async function changedBeside(
  before: Render,
  after: Render,
  usages: ReadonlyMap<string, ChartUsage>,
  again: () => Promise<Render>,
): Promise<readonly Beside[]> {
  const images = new Set([...usages.values()].map(({ object, path }) => `${object.key} ${path}`));
  const changed = differences(before, after).filter(
    ({ key, path, text }) => !images.has(`${key} ${path}`) && !checksum.test(text),
  );
  if (changed.length === 0) return [];
  const random = new Set(differences(before, await again()).map(({ key, path }) => `${key} ${path}`));
  return changed
    .filter(({ key, path }) => !random.has(`${key} ${path}`))
    .map(({ object, path }) => ({ object, path }));
}

type Difference = Beside & { readonly key: string; readonly text: string };

function differences(before: Render, after: Render): readonly Difference[] {
  const found: Difference[] = [];
  for (const [key, { ref, strings }] of after) {
    const old = before.get(key);
    if (old === undefined) found.push({ key, object: ref, path: '', text: '' });
    else if (old.value !== after.get(key)?.value) {
      for (const [path, text] of strings) {
        if (old.strings.get(path) !== text) found.push({ key, object: ref, path, text });
      }
    }
  }
  for (const [key, { ref }] of before) {
    if (!after.has(key)) found.push({ key, object: ref, path: '', text: '' });
  }
  return found;
}
