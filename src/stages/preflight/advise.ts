import { parseReference } from '../../core/image/index.ts';
import { kubekey4Name, kubekeyName } from '../../core/knowledge/kubekey/index.ts';
import { installerName } from '../../core/knowledge/kubesphere/index.ts';
import type { InstallerImages, Mirror, Supply } from '../../core/model/index.ts';
import { bestCopy } from './assess.ts';
import type { InstallerAdvice, PreflightItem } from './types.ts';

/**
 * The registry setting that makes the installer find most of its images on one of the mirrors; undefined where nothing
 * is missing or no mirror serves any of them under the installer's own naming.
 */
export function advise(
  installer: InstallerImages,
  items: readonly PreflightItem[],
  supplies: readonly Supply[],
  mirrors: readonly Mirror[],
): InstallerAdvice | undefined {
  const lacking = new Set(items.filter((it) => it.state !== 'works').map(({ image }) => image));
  const movable = installer.images.filter((it) => !it.fixed);
  if (!movable.some(({ image }) => lacking.has(image))) return undefined;
  const found = new Map(supplies.map((supply) => [supply.image, supply]));
  const tried = mirrors
    .filter(({ scheme }) => scheme !== 'host-alias')
    .map((mirror) => {
      const names = movable.map(({ original }) => ({
        original,
        image: nameUnder(installer, original, mirror.at),
      }));
      const isServed = ({ original, image }: (typeof names)[number]): boolean =>
        found.get(original)?.candidates.some((it) => it.usable && it.reference === image) ?? false;
      return { mirror, served: names.filter(isServed), others: names.filter((it) => !isServed(it)) };
    });
  const best = tried.toSorted((a, b) => b.served.length - a.served.length)[0];
  if (best === undefined || best.served.length === 0) return undefined;
  return {
    file: installer.file,
    key: adviceKeys[installer.installer],
    value: best.mirror.at,
    covered: best.served.length,
    of: movable.length,
    uncovered: best.others.map(({ original, image }) => ({ image, ...sourceOf(found.get(original)) })),
  };
}

const adviceKeys = {
  'ks-installer': 'spec.local_registry',
  KubeKey: 'spec.registry.privateRegistry',
  'KubeKey 4': 'spec.image_registry.auth.registry',
} as const;

/** The name that the installer makes of an original one when this registry is set. */
export function nameUnder({ installer }: InstallerImages, original: string, registry: string): string {
  if (installer === 'KubeKey 4') return kubekey4Name(original, { registry, hosts: {} });
  return installer === 'KubeKey'
    ? kubekeyName(parseReference(original).repository + tagOf(original), { privateRegistry: registry }, false)
    : installerName(original, { localRegistry: registry });
}

function tagOf(image: string): string {
  return `:${parseReference(image).tag ?? 'latest'}`;
}

function sourceOf(supply: Supply | undefined): { readonly from?: string } {
  if (supply === undefined) return {};
  if (supply.origin.outcome === 'works') return { from: supply.image };
  const copy = bestCopy(supply);
  return copy === undefined ? {} : { from: copy.reference };
}
