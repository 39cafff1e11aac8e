import type { InstallerImages, Mirror, Supply } from '../../core/model/index.ts';
import { bestCopy } from './assess.ts';
import { registryKeys, type RegistryKey } from './registry-keys.ts';
import type { InstallerAdvice, PreflightItem } from './types.ts';

/**
 * The registry settings that make the installer find most of its images on the mirrors. None for a setting of whose
 * images nothing is missing, or none of which a mirror serves under the installer's own naming.
 */
export function advise(
  installer: InstallerImages,
  items: readonly PreflightItem[],
  supplies: readonly Supply[],
  mirrors: readonly Mirror[],
): readonly InstallerAdvice[] {
  const lacking = new Set(items.filter((it) => it.state !== 'works').map(({ image }) => image));
  const found = new Map(supplies.map((supply) => [supply.image, supply]));
  return registryKeys(installer)
    .filter(({ moves }) => moves.some(({ image }) => lacking.has(image)))
    .flatMap((key) => bestFor(key, installer.file, found, mirrors) ?? []);
}

function bestFor(
  { path, moves, nameUnder, valueFor }: RegistryKey,
  file: string,
  found: ReadonlyMap<string, Supply>,
  mirrors: readonly Mirror[],
): InstallerAdvice | undefined {
  const tried = mirrors.flatMap((mirror) => {
    const value = valueFor(mirror);
    if (value === undefined) return [];
    const names = moves.map(({ original }) => ({ original, image: nameUnder(original, value) }));
    const isServed = ({ original, image }: (typeof names)[number]): boolean =>
      found.get(original)?.candidates.some((it) => it.usable && it.reference === image) ?? false;
    const served = names.filter(isServed).length;
    return { mirror, value, served, others: names.filter((it) => !isServed(it)) };
  });
  const best = tried.toSorted((a, b) => b.served - a.served)[0];
  if (best === undefined || best.served === 0) return undefined;
  return {
    file,
    key: `spec.${path.slice(1).join('.')}`,
    value: best.value,
    mirror: best.mirror.name,
    covered: best.served,
    of: moves.length,
    uncovered: best.others.map(({ original, image }) => ({ image, ...sourceOf(found.get(original)) })),
  };
}

function sourceOf(supply: Supply | undefined): { readonly from?: string } {
  if (supply === undefined) return {};
  if (supply.origin.outcome === 'works') return { from: supply.image };
  const copy = bestCopy(supply, false);
  return copy === undefined ? {} : { from: copy.reference };
}
