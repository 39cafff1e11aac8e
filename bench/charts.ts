import { openHelm } from '../src/adapters/helm/index.ts';
import { findOverride } from '../src/capabilities/chart/index.ts';
import {
  chartCases,
  mirroredName,
  mirrorRoot,
  placesOf,
  stands,
  textAt,
  type ChartCase,
} from '../test/support/corpus-charts.ts';

/** How many of the images that values can move an override moves, how small it is, and how long it takes to find. */
const helm = await openHelm({ env: process.env });
const only = process.argv.slice(2);

function leaves(value: unknown): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 1;
  return Object.values(value).reduce((all: number, it) => all + leaves(it), 0);
}

/** As the corpus names the copies: it writes `library/` out where the render lets it. */
function targetOf(it: ChartCase): (image: string, place: string) => string | undefined {
  const known = new Map(
    it.expected.images.flatMap(({ image, mirrored }) => (mirrored === null ? [] : [[image, mirrored]])),
  );
  return (image, place) =>
    known.get(image) === image ? undefined : (known.get(image) ?? target(image, place));
}

function target(image: string, place: string): string | undefined {
  if (place === 'registry') {
    const below = image.replace(/\/$/, '').split('/').slice(1).join('/');
    return below === '' ? mirrorRoot : `${mirrorRoot}/${below}`;
  }
  const mirrored = mirroredName(image);
  return mirrored === image ? undefined : mirrored;
}

async function score(it: ChartCase): Promise<{
  wanted: number;
  moved: number;
  spoilt: number;
  named: number;
  unnamed: number;
  line: string;
  faults: string[];
}> {
  const { release, namespace, kube_version: kubeVersion } = it.render;
  const options = {
    release,
    namespace,
    kubeVersion,
    ...(it.baseValues === undefined ? {} : { valuesFiles: [it.baseValues] }),
  };
  const faults: string[] = [];
  const start = performance.now();
  const result = await findOverride({ chart: it.folder, ...options }, async () => targetOf(it), helm);
  const seconds = (performance.now() - start) / 1000;
  const before = placesOf(await helm.template(it.folder, options));
  const after = placesOf(await helm.template(it.folder, { ...options, values: result.values }));
  let [wanted, moved, spoilt, named, unnamed] = [0, 0, 0, 0, 0];
  for (const image of it.expected.images) {
    if (image.mirrored === null) {
      if (!stands(after, image, image.image)) {
        spoilt += 1;
        faults.push(`spoilt ${image.image} → ${textAt(after, image)?.slice(0, 100)}`);
      }
      if (result.unmoved.some(({ usage }) => usage.image === image.image)) named += 1;
      else {
        unnamed += 1;
        faults.push(`not named ${image.image} (${image.path})`);
      }
      continue;
    }
    wanted += 1;
    if (stands(after, image, image.mirrored)) moved += 1;
    else {
      const t = textAt(after, image);
      if (t !== textAt(before, image)) spoilt += 1;
      faults.push(`not moved ${image.image} at ${image.resource} ${image.path}: ${t?.slice(0, 100)}`);
    }
  }
  for (const field of it.expected.registryFields ?? []) {
    if (textAt(after, field) !== field.mirrored) faults.push(`field ${field.path}: ${textAt(after, field)}`);
  }
  for (const { text, where = 'render' } of it.expected.notImages) {
    const all = [...after.values()].flatMap(({ texts }) => [...texts.values()]);
    if (where === 'render' && !all.some((t) => t.includes(text))) {
      spoilt += 1;
      faults.push(`look-alike changed: ${text}`);
    }
  }
  const [own, best] = [leaves(result.values), leaves(it.expected.expected_override)];
  const line = `${it.slug.padEnd(32)} ${moved}/${wanted} spoilt ${spoilt} named ${named}/${named + unnamed} leaves ${own}/${best} renders ${result.renders} ${seconds.toFixed(1)} s`;
  if (own > best) faults.push(`larger: ${JSON.stringify(result.values)}`);
  return { wanted, moved, spoilt, named, unnamed, line, faults };
}

for (const set of ['shapes', 'charts'] as const) {
  const total = { wanted: 0, moved: 0, spoilt: 0, named: 0, unnamed: 0, clean: 0, cases: 0 };
  for (const it of chartCases(set)) {
    if (only.length > 0 && !only.some((name) => it.slug.startsWith(name))) continue;
    total.cases += 1;
    try {
      const result = await score(it);
      for (const key of ['wanted', 'moved', 'spoilt', 'named', 'unnamed'] as const) total[key] += result[key];
      if (result.faults.length === 0) total.clean += 1;
      console.log(result.line);
      for (const fault of result.faults) console.log(`    ${fault}`);
    } catch (error) {
      console.log(`${it.slug} ERROR ${error instanceof Error ? error.stack?.slice(0, 600) : String(error)}`);
    }
  }
  console.log(set, JSON.stringify(total));
}
