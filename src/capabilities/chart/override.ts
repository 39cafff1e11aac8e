import { openChart, type Helm, type RenderOptions } from '../../adapters/helm/index.ts';
import { joinValues, readYaml } from '../../core/edit/index.ts';
import { decodeText } from '../../core/knowledge/places/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import { isDirect, type Json, type JsonObject } from '../../core/model/index.ts';
import { changedBeside, type Beside } from './beside.ts';
import { pathsRead } from './reads.ts';
import { createRenderReader, type Render } from './render.ts';
import { explore, search, type Target } from './search.ts';
import type { Found } from './settle.ts';
import { Trials } from './trials.ts';
import { explainUnmoved, type Unmoved } from './unmoved.ts';
import { usagesOf, type ChartUsage } from './usages.ts';
import { leavesOf, pathText, type ValuePath } from './values.ts';

export type ChartInput = Omit<RenderOptions, 'values' | 'includeCrds'> & {
  /** Folder or .tgz. */
  readonly chart: string;
  /** Values of the user that are in no file; they never touch the disk. */
  readonly given?: JsonObject;
  /** Follow links that lead out of the folder. */
  readonly followLinks?: boolean | undefined;
};

/** The smallest values that were found to move images, and what they do, as a render with them shows. */
export type ChartOverride = {
  readonly values: JsonObject;
  readonly moved: readonly { readonly usage: ChartUsage; readonly to: string }[];
  readonly unmoved: readonly Unmoved[];
  /** What else it changes. */
  readonly beside: readonly Beside[];
  /** How often the chart was rendered. */
  readonly renders: number;
};

/**
 * A template that tells the values in force: those of sub-charts, globals and imports in their places. Helm runs the
 * deepest template first, so that no other template has changed the values yet (`set`, `merge`).
 */
const probe = {
  path: `templates/${'zzz/'.repeat(12)}pullmend-values-in-force.yaml`,
  text: 'apiVersion: pullmend.dev/v1alpha1\nkind: ChartValues\nvalues: {{ .Values | toJson | b64enc }}\n',
} as const;

/** A chart whose images can be given new names, one set of names after the other. */
export type OpenedChart = {
  /** Those of the first render. */
  readonly images: readonly string[];
  /** @param target the new name of each image; `undefined` for one that stays */
  readonly find: (target: Target) => Promise<ChartOverride>;
};

/**
 * Finds by trial rendering the smallest values override that gives the images of a chart their new names. What values
 * do is explored once for all sets of names. Errors: PM_CHART_UNREADABLE, PM_CHART_SCHEMA, PM_HELM_FAILED when the
 * chart does not render with the user's values.
 */
export async function withChart<T>(
  input: ChartInput,
  helm: Helm,
  use: (chart: OpenedChart) => Promise<T>,
): Promise<T> {
  const { chart, followLinks, given, ...options } = input;
  const copy = await openChart(chart, { followLinks });
  try {
    const texts = await copy.texts();
    await copy.add(probe.path, probe.text);
    const { base, inForce } = separate(
      await helm.template(copy.folder, { ...options, ...(given === undefined ? {} : { values: given }) }),
    );
    const usages = [...usagesOf(base).values()];
    const read = pathsRead(texts, inForce);
    const trials = new Trials(
      async (values) =>
        withoutProbe(
          await helm.template(copy.folder, { ...options, values: joinValues(given ?? {}, values) }),
        ),
      { base, inForce, guardPaths: read },
    );
    const fixed = leavesOf(inForce).filter(({ path }) => isSet(path, options.set));
    // Goes on while somebody asks registries for the new names.
    const exploring = explore({ base, inForce, read, texts }, trials);
    const find = async (target: Target): Promise<ChartOverride> => {
      const found = await search(await exploring, target);
      const again = async (): Promise<Render> => await trials.renderAnew({});
      return {
        values: trials.override(found.settings, found.guards),
        ...reckon(usages, found, target, (usage, to) =>
          explainUnmoved(usage, to, found, { texts, refusals: trials.refusals, fixed }),
        ),
        beside: await changedBeside(base, found.after, found.usages, again),
        renders: trials.renders + 1,
      };
    };
    const images = usages.flatMap(({ image, place }) => (place === 'registry' ? [] : [image]));
    try {
      return await use({ images: [...new Set(images)], find });
    } finally {
      await Promise.allSettled([exploring]);
    }
  } finally {
    await copy.close();
  }
}

/** The override for one set of names, which `naming` gives for the images of the first render. */
export async function findOverride(
  input: ChartInput,
  naming: (images: readonly string[]) => Promise<Target>,
  helm: Helm,
): Promise<ChartOverride> {
  return await withChart(input, helm, async ({ images, find }) => await find(await naming(images)));
}

/** Does one of `a.b=1,c[0].d=2` name the path. */
function isSet(path: ValuePath, settings: readonly string[] = []): boolean {
  const text = pathText(path);
  return settings.some((setting) =>
    setting.split(/(?<!\\),/).some((part) => part.slice(0, part.indexOf('=')) === text),
  );
}

function reckon(
  usages: readonly ChartUsage[],
  found: Found,
  target: Target,
  explain: (usage: ChartUsage, to: string) => Unmoved,
): Pick<ChartOverride, 'moved' | 'unmoved'> {
  const moved: { usage: ChartUsage; to: string }[] = [];
  const unmoved: Unmoved[] = [];
  for (const usage of usages) {
    const to = target(usage.image, usage.place);
    if (to === undefined && isInvalid(usage)) {
      unmoved.push({ usage, to: usage.image, reason: 'invalid', paths: [] });
    }
    if (to === undefined || to === usage.image) continue;
    if (found.usages.get(usage.key)?.image === to) moved.push({ usage, to });
    // A setting that no value reaches is none; what only looks like an image was left alone on purpose.
    else if (usage.place !== 'registry' && !found.model.leftAlone.has(usage.key)) {
      unmoved.push(explain(usage, to));
    }
  }
  return { moved, unmoved };
}

/** No registry has an image of this name, so that the pod will fail wherever it is pulled from. */
function isInvalid({ image, place }: ChartUsage): boolean {
  return place !== 'registry' && isDirect(place) && image !== '' && tryParseReference(image) === undefined;
}

const probeDocument =
  /^---\n# Source: [^\n]*pullmend-values-in-force\.yaml\n(?:[^\n]*\n){2}values: ([^\n]*)\n?/m;

function withoutProbe(text: string): string {
  return text.replace(probeDocument, '');
}

function separate(text: string): { readonly base: Render; readonly inForce: Json } {
  const encoded = probeDocument.exec(text)?.[1] ?? '';
  const inForce = readYaml(decodeText(encoded) ?? '{}', probe.path)[0]?.value ?? {};
  return { base: createRenderReader()(withoutProbe(text)), inForce };
}
