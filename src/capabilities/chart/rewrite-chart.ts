import { localChart, openHelm, type ChartPlace } from '../../adapters/helm/index.ts';
import type { Reference } from '../../core/image/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { withChart, type ChartInput, type ChartOverride, type OpenedChart } from './override.ts';
import { vendorChart, type VendoredChart } from './vendor.ts';
import { byScheme, probed, registryName, shortNames, type Names } from './chart-names.ts';
import type { World } from '../../access/index.ts';

export type ChartRewriteOptions = ChartInput &
  ChartPlace & {
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

/**
 * Finds the values that give the images of a chart the names of the mirrors. Errors: PM_HELM_…, PM_CHART_SCHEMA,
 * PM_CHART_UNREADABLE.
 */
export async function rewriteChart(options: ChartRewriteOptions, world: World): Promise<ChartRewrite> {
  const { probe, allowUnverified, vendor, version, repository, ...how } = options;
  const { env, signal, followLinks } = world.options;
  const input = { ...how, followLinks };
  const helm = await openHelm({ env, signal });
  const { mirrors } = world.outside.mirrors;
  const local = await localChart(helm, {
    chart: input.chart,
    ...(version === undefined ? {} : { version }),
    ...(repository === undefined ? {} : { repository }),
  });
  try {
    const here = { ...input, chart: local.path };
    const override = await withChart(here, helm, async (chart) => {
      const unserved: string[] = [];
      const names = probe
        ? await probed(chart.images, allowUnverified, unserved, world)
        : byScheme(chart.images, mirrors);
      return { ...(await named(chart, names, probe, world)), unserved };
    });
    if (vendor === undefined) return override;
    return { ...override, vendored: await vendorChart(here, override, vendor, helm) };
  } finally {
    await local.close();
  }
}

function targetOf(names: Names, mirrors: readonly Mirror[]) {
  return (image: string, place: string): string | undefined =>
    place === 'registry' ? registryName(image, mirrors) : names.get(image);
}

/**
 * The override for these names; where it leaves images, for names without `library/`: first of those that are left,
 * then of all, and what moves more is taken.
 */
async function named(
  chart: OpenedChart,
  names: Names,
  probe: boolean,
  world: World,
): Promise<ChartOverride & Pick<ChartRewrite, 'short'>> {
  const { mirrors } = world.outside.mirrors;
  const first = await chart.find(targetOf(names, mirrors));
  const left = new Set(first.unmoved.map(({ usage }) => usage.image));
  const isStuck = [...left].some((image) => names.has(image));
  const all = isStuck ? await shortNames(names, mirrors, probe ? isSameIn(world) : undefined) : new Map();
  let best: ChartOverride & Pick<ChartRewrite, 'short'> = { ...first, short: [] };
  for (const short of [new Map([...all].filter(([image]) => left.has(image))), all]) {
    if (short.size === 0 || best.unmoved.length === 0) continue;
    const again = await chart.find(targetOf(new Map([...names, ...short]), mirrors));
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
