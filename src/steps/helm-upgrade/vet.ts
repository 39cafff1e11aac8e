import type { HelmUpgradeStep, Json, ReleaseChange } from '../../core/model/index.ts';
import { objectName } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/**
 * Only images may change, in the objects that come out. The values need no look: before helm upgrades, they must give
 * exactly these changes.
 */
export function vet(step: HelmUpgradeStep, allowed: Allowed): string | undefined {
  if (step.object.kind !== 'Release') return `${objectName(step.object)} is no release`;
  if (step.changes.length === 0) return 'the upgrade would change nothing';
  const foreign = step.expect.find(({ imageAfter }) => !allowed.images.has(imageAfter));
  if (foreign !== undefined) return `${foreign.imageAfter} is not among the replacements`;
  const pairs = step.expect.map(({ imageBefore, imageAfter }) => [imageBefore, imageAfter] as const);
  const strange = step.changes.find((change) => !isOfImages(change, pairs));
  return strange === undefined
    ? undefined
    : `${strange.path} of ${objectName(strange.object)} would change in more than its image`;
}

/**
 * Nothing in the value changes but these images. What a Secret holds is never written down; a checksum of configuration
 * follows what it is made of.
 */
export function isOfImages(
  { object, path, before, after }: ReleaseChange,
  pairs: readonly (readonly [string, string])[],
): boolean {
  if (object.kind === 'Secret' || typeof before !== 'string' || typeof after !== 'string') return false;
  if (/\/annotations\/checksum[^/]*$/.test(path)) return isSum(before) && isSum(after);
  const longestFirst = pairs.toSorted(([a], [b]) => b.length - a.length);
  // Each place once, also where the new name holds the old one.
  return longestFirst.reduce((text, [from, to]) => text.replaceAll(from, () => to), before) === after;
}

function isSum(value: Json): boolean {
  return typeof value === 'string' && /^[0-9a-f]{32,128}$/.test(value);
}
