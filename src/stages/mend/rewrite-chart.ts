import { openHelm } from '../../adapters/helm/index.ts';
import { formatReference, parseReference, tryParseReference } from '../../core/image/index.ts';
import { isMirrored, mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import {
  findOverride,
  vendorChart,
  type ChartInput,
  type ChartOverride,
  type VendoredChart,
} from '../chart/index.ts';
import { supplyFor } from './supply-for.ts';
import type { World } from './world.ts';

export type ChartRewriteOptions = ChartInput & {
  /** Ask the mirrors whether they have the image; else their naming schemes alone. */
  readonly probe: boolean;
  readonly allowUnverified: boolean;
  /** Where a patched copy of the chart goes. */
  readonly vendor?: string;
};

export type ChartRewrite = ChartOverride & {
  /** Images that keep their names because no mirror has a copy that may be used. */
  readonly unserved: readonly string[];
  readonly vendored?: VendoredChart;
};

/** Finds the values that give the images of a chart the names of the mirrors. Errors: PM_HELM_…, PM_CHART_UNREADABLE. */
export async function rewriteChart(options: ChartRewriteOptions, world: World): Promise<ChartRewrite> {
  const { probe, allowUnverified, vendor, ...input } = options;
  const { env, signal } = world.options;
  const helm = await openHelm({ env, signal });
  const { mirrors } = world.outside.mirrors;
  const unserved: string[] = [];
  const override = await findOverride(
    input,
    async (images) => {
      const names = probe
        ? await probed(images, allowUnverified, unserved, world)
        : byScheme(images, mirrors);
      return (image, place) => (place === 'registry' ? registryName(image, mirrors) : names.get(image));
    },
    helm,
  );
  if (vendor === undefined) return { ...override, unserved };
  return { ...override, unserved, vendored: await vendorChart(input, override, vendor, helm) };
}

function byScheme(images: readonly string[], mirrors: readonly Mirror[]): ReadonlyMap<string, string> {
  return new Map(
    images.flatMap((image) => {
      const reference = tryParseReference(image);
      if (reference === undefined || mirrors.some((mirror) => isMirrored(mirror, reference))) return [];
      const [name] = mirrors.flatMap((mirror) => mirrorReference(mirror, reference) ?? []);
      return name === undefined ? [] : [[image, asWritten(formatReference(name), image)] as const];
    }),
  );
}

/** The best copy of each image that may be used. */
async function probed(
  images: readonly string[],
  allowUnverified: boolean,
  unserved: string[],
  world: World,
): Promise<ReadonlyMap<string, string>> {
  const served = byScheme(images, world.outside.mirrors.mirrors);
  const full = new Map([...served.keys()].map((image) => [image, formatReference(parseReference(image))]));
  const supplies = await supplyFor([...new Set(full.values())], { platforms: [], knownDigests: {} }, world);
  const names = new Map<string, string>();
  for (const [image, reference] of full) {
    const candidates = supplies.find((supply) => supply.image === reference)?.candidates ?? [];
    const best = candidates.find((it) => (allowUnverified ? it.probe.outcome === 'works' : it.usable));
    if (best === undefined) unserved.push(image);
    else names.set(image, asWritten(best.reference, image));
  }
  return names;
}

/** Without the `:latest` that nobody wrote. */
function asWritten(name: string, image: string): string {
  return /[:@][^/]*$/.test(image) ? name : name.replace(/:latest$/, '');
}

/** Hosts that charts pull from; where a mirror puts all of them in one place, that place stands for any. */
const commonHosts = ['docker.io', 'quay.io', 'ghcr.io', 'registry.k8s.io', 'gcr.io'];

/** The mirror's name of a registry, or of a part of one, from which a program makes up image names. */
function registryName(registry: string, mirrors: readonly Mirror[]): string | undefined {
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
