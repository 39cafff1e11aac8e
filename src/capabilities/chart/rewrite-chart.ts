import { openHelm, type Helm } from '../../adapters/helm/index.ts';
import type { Reference } from '../../core/image/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { findOverride, type ChartInput, type ChartOverride } from './override.ts';
import { vendorChart, type VendoredChart } from './vendor.ts';
import { byScheme, probed, registryName, shortNames, type Names } from './chart-names.ts';
import type { World } from '../../access/index.ts';

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
  /** New names that lack `library/`, since no value can write it. */
  readonly short: readonly string[];
  readonly vendored?: VendoredChart;
};

/** Finds the values that give the images of a chart the names of the mirrors. Errors: PM_HELM_…, PM_CHART_UNREADABLE. */
export async function rewriteChart(options: ChartRewriteOptions, world: World): Promise<ChartRewrite> {
  const { probe, allowUnverified, vendor, ...chart } = options;
  const { env, signal, followLinks } = world.options;
  const input = { ...chart, followLinks };
  const helm = await openHelm({ env, signal });
  const { mirrors } = world.outside.mirrors;
  const unserved: string[] = [];
  let names: Names = new Map();
  const first = await findOverride(
    input,
    async (images) => {
      names = probe ? await probed(images, allowUnverified, unserved, world) : byScheme(images, mirrors);
      return targetOf(names, mirrors);
    },
    helm,
  );
  const override = await withShortNames(first, names, { input, probe, helm }, world);
  if (vendor === undefined) return { ...override, unserved };
  return { ...override, unserved, vendored: await vendorChart(input, override, vendor, helm) };
}

function targetOf(names: Names, mirrors: readonly Mirror[]) {
  return (image: string, place: string): string | undefined =>
    place === 'registry' ? registryName(image, mirrors) : names.get(image);
}

/** Tries names without `library/`, first for images that no value moves, then for all, and takes what moves more. */
async function withShortNames(
  first: ChartOverride,
  names: Names,
  how: { readonly input: ChartInput; readonly probe: boolean; readonly helm: Helm },
  world: World,
): Promise<ChartOverride & Pick<ChartRewrite, 'short'>> {
  const { mirrors } = world.outside.mirrors;
  const left = new Set(first.unmoved.map(({ usage }) => usage.image));
  const isStuck = [...left].some((image) => names.has(image));
  const all = isStuck ? await shortNames(names, mirrors, how.probe ? isSameIn(world) : undefined) : new Map();
  let best: ChartOverride & Pick<ChartRewrite, 'short'> = { ...first, short: [] };
  for (const short of [new Map([...all].filter(([image]) => left.has(image))), all]) {
    if (short.size === 0 || best.unmoved.length === 0) continue;
    const target = targetOf(new Map([...names, ...short]), mirrors);
    const again = await findOverride(how.input, async () => target, how.helm);
    if (again.unmoved.length >= best.unmoved.length) continue;
    const used = again.moved.filter(({ usage, to }) => short.get(usage.image) === to).map(({ to }) => to);
    best = { ...again, short: [...new Set(used)] };
  }
  return best;
}

function isSameIn({ registries, options: { signal } }: World) {
  return async (short: Reference, full: Reference, mirror: Mirror): Promise<boolean> => {
    const [one, other] = await Promise.all(
      [short, full].map((reference) => registries.probe(reference, { mirror, signal })),
    );
    return one?.outcome === 'works' && one.digest !== undefined && one.digest === other?.digest;
  };
}
