import { openChart, type ChartFolder, type Helm } from '../../adapters/helm/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { changedBeside, type Beside } from './beside.ts';
import type { ChartInput } from './override.ts';
import { spoiltNames } from './identifiers.ts';
import { createRenderReader, type Render } from './render.ts';
import type { Unmoved } from './unmoved.ts';
import { usagesOf } from './usages.ts';
import { rewriteText, wordsFor, writtenIn } from './written.ts';

/** A copy of a chart in which names that no value moves are replaced where they are written. */
export type VendoredChart = {
  /** Where it was written; absent where nothing in the chart could be replaced, so that there is no copy. */
  readonly folder?: string;
  /** Files of the copy that differ from the chart. */
  readonly files: readonly string[];
  readonly moved: readonly Unmoved[];
  readonly unmoved: readonly Unmoved[];
  /** What else than images differs in its render. */
  readonly beside: readonly Beside[];
};

/** Values are for overrides; the rest is for people. */
const stays =
  /(?:^|\/)(?:values[^/]*|README[^/]*|CHANGELOG[^/]*|NOTES\.txt|Chart\.lock|requirements\.lock)$/i;
/** Names that templates put together are looked for one by one, with a render each. */
const maxWords = 16;

/**
 * Writes a patched copy of a chart to a folder that must not be there yet, proved by rendering it with the override.
 * Where nothing can be replaced, no copy is written. Errors: PM_CHART_UNREADABLE, PM_HELM_FAILED, PM_FILE_UNWRITABLE.
 */
export async function vendorChart(
  input: ChartInput,
  { values, unmoved }: { readonly values: JsonObject; readonly unmoved: readonly Unmoved[] },
  folder: string,
  helm: Helm,
): Promise<VendoredChart> {
  const wanted = unmoved.filter(({ usage, to }) => usage.image !== to);
  if (wanted.length === 0) return { files: [], moved: [], unmoved, beside: [] };
  const { chart, followLinks, ...options } = input;
  const copy = await openChart(chart, { followLinks });
  try {
    const read = createRenderReader();
    const render = async (): Promise<Render> =>
      read(await helm.template(copy.folder, { ...options, values }));
    const before = await render();
    const patched = await patch(copy, before, wanted, render);
    const { after, files } = patched;
    const images = new Map([...usagesOf(after)].map(([key, { image }]) => [key, image]));
    const isMoved = ({ usage, to }: Unmoved): boolean => images.get(usage.key) === to;
    const moved = wanted.filter(isMoved);
    const rest = unmoved.filter((it) => !moved.includes(it));
    if (moved.length === 0) return { files: [], moved, unmoved: rest, beside: [] };
    await copy.moveTo(folder);
    const beside = await changedBeside(before, after, usagesOf(after), render);
    return { folder, files, moved, unmoved: rest, beside };
  } finally {
    await copy.close();
  }
}

type Patched = { readonly after: Render; readonly files: readonly string[] };

/**
 * Names where they are written, with their tags or beside them, in every file; then names of which a template makes up
 * the beginning. What does not do its job, or does more, is taken back.
 */
async function patch(
  copy: ChartFolder,
  before: Render,
  wanted: readonly Unmoved[],
  render: () => Promise<Render>,
): Promise<Patched> {
  const original = new Map([...(await copy.texts())].filter(([path]) => !stays.test(path)));
  const texts = new Map(original);
  let after = before;
  const attempt = async (changes: ReadonlyMap<string, string>): Promise<boolean> => {
    if (changes.size === 0) return false;
    for (const [path, text] of changes) await copy.add(path, text);
    const next = await render().catch(() => undefined);
    const isGood = next !== undefined && isBetter(before, after, next, wanted);
    if (isGood) {
      after = next;
      for (const [path, text] of changes) texts.set(path, text);
    } else for (const path of changes.keys()) await copy.add(path, texts.get(path) ?? '');
    return isGood;
  };
  const named = (some: readonly Unmoved[]): ReadonlyMap<string, string> => {
    const targets = new Map(some.map(({ usage, to }) => [usage.image, to]));
    const images = [...targets.keys()];
    return changed(texts, (text) =>
      rewriteText(text, writtenIn(text, images), (image) => targets.get(image)),
    );
  };
  if (!(await attempt(named(wanted)))) for (const it of wanted) await attempt(named([it]));
  let tried = 0;
  for (const { usage, to } of wanted) {
    if (usagesOf(after).get(usage.key)?.image === to) continue;
    const own = usage.object.template.slice(usage.object.template.indexOf('/') + 1);
    for (const word of wordsFor(texts.get(own) ?? '', usage.image)) {
      if ((tried += 1) > maxWords) break;
      await attempt(changed(texts, (text, path) => (path === own ? text.replaceAll(word, to) : text)));
    }
  }
  return { after, files: [...texts].flatMap(([path, text]) => (text === original.get(path) ? [] : [path])) };
}

function changed(
  texts: ReadonlyMap<string, string>,
  change: (text: string, path: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    [...texts].flatMap(([path, text]) => {
      const other = change(text, path);
      return other === text ? [] : [[path, other] as const];
    }),
  );
}

/** More of the images have their new names, and no other has changed. */
function isBetter(before: Render, now: Render, next: Render, wanted: readonly Unmoved[]): boolean {
  const targets = new Map(wanted.map(({ usage, to }) => [usage.key, to]));
  const [old, current, young] = [before, now, next].map(usagesOf);
  const reached = (usages: ReturnType<typeof usagesOf> | undefined): number =>
    [...targets].filter(([key, to]) => usages?.get(key)?.image === to).length;
  const isKept = [...(old ?? [])].every(([key, { image }]) => {
    const other = young?.get(key)?.image;
    return other === image || (other !== undefined && other === targets.get(key));
  });
  return isKept && spoiltNames(before, next).length === 0 && reached(young) > reached(current);
}
