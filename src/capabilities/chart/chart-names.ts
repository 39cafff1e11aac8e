import { chooseCopy } from '../../core/choose/index.ts';
import {
  formatReference,
  parseReference,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';
import { isMirrored, mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import type { World } from '../../access/index.ts';

/** New names by images as a chart writes them; what is not in it stays. */
export type Names = ReadonlyMap<string, string>;

/** What the first mirror that serves an image calls it, by its naming scheme. */
export function byScheme(images: readonly string[], mirrors: readonly Mirror[]): Names {
  return new Map(
    images.flatMap((image) => {
      const reference = referenceOf(image);
      if (reference === undefined || mirrors.some((mirror) => isMirrored(mirror, reference))) return [];
      const [name] = mirrors.flatMap((mirror) => mirrorReference(mirror, reference) ?? []);
      return name === undefined ? [] : [[image, asWritten(formatReference(name), image)] as const];
    }),
  );
}

/** What a template writes before the name where nobody has set the registry: `/acme/app:1`, `%!s(<nil>)/acme/app:1`. */
const noRegistry = /^(?:%!\w\(<nil>\)|<nil>)?\//;

/** The image that a rendered name means. */
function referenceOf(image: string): Reference | undefined {
  return tryParseReference(image) ?? tryParseReference(image.replace(noRegistry, ''));
}

/** The best copy of each image that may be used. */
export async function probed(
  images: readonly string[],
  allowUnverified: boolean,
  unserved: string[],
  world: World,
): Promise<Names> {
  const served = byScheme(images, world.outside.mirrors.mirrors);
  const full = new Map(
    [...served.keys()].flatMap((image) => {
      const reference = referenceOf(image);
      return reference === undefined ? [] : [[image, formatReference(reference)] as const];
    }),
  );
  const supplies = await supplyFor([...new Set(full.values())], { platforms: [], knownDigests: {} }, world);
  const names = new Map<string, string>();
  for (const [image, reference] of full) {
    const choice = chooseCopy(
      supplies.find((supply) => supply.image === reference),
      { allowUnverified },
    );
    if (choice.ok) names.set(image, asWritten(choice.copy.reference, image));
    else unserved.push(image);
  }
  return names;
}

/**
 * Names of Docker Hub's own images without `library/`. Some charts can say no others (`{{ registry }}/busybox`), and
 * Harbor 2.7 and newer find the image all the same (goharbor/harbor#12719).
 *
 * @param isSame asks the registry whether two names are one image; absent: nobody is asked
 */
export async function shortNames(
  names: Names,
  mirrors: readonly Mirror[],
  isSame?: (short: Reference, full: Reference, mirror: Mirror) => Promise<boolean>,
): Promise<Names> {
  const found = new Map<string, string>();
  for (const [image, name] of names) {
    const full = parseReference(name);
    const mirror = mirrors.find((it) => it.scheme === 'harbor-proxy' && isMirrored(it, full));
    const short = name.replace('/library/', '/');
    if (mirror === undefined || short === name || !isOfficial(image)) continue;
    if (isSame === undefined || (await isSame(parseReference(short), full, mirror))) found.set(image, short);
  }
  return found;
}

/** Written without `library/`, so that a template may be unable to write it. */
function isOfficial(image: string): boolean {
  return referenceOf(image)?.repository.startsWith('library/') === true && !image.includes('library/');
}

/** Without the `:latest` that nobody wrote. */
function asWritten(name: string, image: string): string {
  return /[:@][^/]*$/.test(image) ? name : name.replace(/:latest$/, '');
}

/** Hosts that charts pull from; where a mirror puts all of them in one place, that place stands for any. */
const commonHosts = ['docker.io', 'quay.io', 'ghcr.io', 'registry.k8s.io', 'gcr.io'];

/** The mirror's name of a registry, or of a part of one, from which a program makes up image names. */
export function registryName(registry: string, mirrors: readonly Mirror[]): string | undefined {
  const bare = registry.replace(/\/$/, '');
  const prefixes = (bare === '' ? commonHosts : [bare]).map((host) => {
    const sample = `${host}/acme/sample`;
    const name = byScheme([sample], mirrors).get(sample);
    return name?.endsWith('/acme/sample') === true ? name.slice(0, -'/acme/sample'.length) : undefined;
  });
  const [first] = prefixes;
  if (first === undefined || prefixes.some((prefix) => prefix !== first)) return undefined;
  return registry.endsWith('/') ? `${first}/` : first;
}
