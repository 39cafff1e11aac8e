import { dirname, join } from 'node:path/posix';
import type { OverrideLayer, SourceFile, Usage } from '../../core/model/index.ts';

/**
 * `covered`: whatever is built of the file, an entry gives this image its name, so the entry is to be changed.
 * `partly`: one build of it does so and another one does not.
 */
type Cover = 'covered' | 'partly';

export type Coverage = {
  /** Is an entry to be changed in its place. */
  readonly isCovered: (usage: Usage) => boolean;
  /**
   * Entries that find an image which another build has without them: the image changes its name, and what they look
   * for with it.
   */
  readonly followers: ReadonlySet<Usage>;
  /** The images that these entries find. */
  readonly followed: ReadonlySet<Usage>;
  /** Tag and digest of the images that an entry without them renames; undefined where they differ. */
  readonly endingFor: (entry: Usage) => string | undefined;
};

/**
 * Which images are named by entries of kustomize, Flux or Argo CD: an entry finds an image by the name that it has
 * before, so an image that changes its name would slip through.
 */
export function coverageOf(
  files: readonly SourceFile[],
  usages: readonly Usage[],
  layers: readonly OverrideLayer[],
): Coverage {
  const layersAround = indexOf(files, layers);
  const found = new Map<Usage, Set<Usage>>();
  const covers = new Map<Usage, Cover>();

  function follow(
    around: readonly OverrideLayer[],
    name: string,
    usage: Usage,
    done: Map<OverrideLayer, Cover | undefined>,
  ): Cover | undefined {
    const covering = around.map((layer): Cover | undefined => {
      if (done.has(layer)) return done.get(layer);
      // A circle of bases ends here.
      done.set(layer, undefined);
      const entry = entriesOf(layer, layers).find(({ override }) => override?.matches === name);
      const reaches = layer.anyField || isContainer(usage) || layer.own.includes(usage);
      const isFound = entry !== undefined && entry !== usage && reaches;
      if (isFound) found.set(entry, (found.get(entry) ?? new Set()).add(usage));
      const cover = isFound ? 'covered' : follow(layersAround(layer.name), name, usage, done);
      done.set(layer, cover);
      return cover;
    });
    if (covering.every((it) => it === undefined)) return undefined;
    return covering.every((it) => it === 'covered') ? 'covered' : 'partly';
  }

  const ownLayer = new Map(layers.flatMap((layer) => layer.own.map((usage) => [usage, layer] as const)));
  const entryLayer = new Map(
    layers.flatMap((layer) => layer.entries.map((usage) => [usage, layer] as const)),
  );
  for (const usage of usages) {
    const own = ownLayer.get(usage);
    const setBy = entryLayer.get(usage);
    const file = usage.position?.file;
    const outer = setBy?.name ?? file;
    const around = own !== undefined ? [own] : outer === undefined ? [] : layersAround(outer);
    const cover = follow(around, nameOf(usage), usage, new Map());
    if (cover !== undefined) covers.set(usage, cover);
  }
  const { followed, followers } = followersOf(found, covers);
  return {
    isCovered: (usage) => covers.get(usage) === 'covered' && !followed.has(usage),
    followed,
    followers,
    endingFor: (entry) => {
      const [ending, ...others] = new Set([...(found.get(entry) ?? [])].map(endingOf));
      return others.length === 0 ? ending : undefined;
    },
  };
}

/** From the images that must move by themselves to the entries that find them, and to all else that these find. */
function followersOf(
  found: ReadonlyMap<Usage, ReadonlySet<Usage>>,
  covers: ReadonlyMap<Usage, Cover>,
): Pick<Coverage, 'followed' | 'followers'> {
  const followed = new Set<Usage>();
  const followers = new Set<Usage>();
  const waiting = [...covers].flatMap(([usage, cover]) => (cover === 'partly' ? [usage] : []));
  for (let usage = waiting.pop(); usage !== undefined; usage = waiting.pop()) {
    if (followed.has(usage)) continue;
    followed.add(usage);
    for (const [entry, images] of found) {
      if (!images.has(usage) || followers.has(entry)) continue;
      followers.add(entry);
      waiting.push(...images);
      // Without a name of its own the entry makes the one that it looks for.
      if (entry.override?.field !== undefined && covers.has(entry)) waiting.push(entry);
    }
  }
  return { followed, followers };
}

/** The layers that a file, or the folder of another layer, is built by. */
function indexOf(
  files: readonly SourceFile[],
  layers: readonly OverrideLayer[],
): (path: string) => readonly OverrideLayer[] {
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const built = new Set(layers.map(({ name }) => name));
  const around = new Map<string, OverrideLayer[]>();
  const put = (path: string, layer: OverrideLayer): void => {
    const known = around.get(path);
    if (known === undefined) around.set(path, [layer]);
    else known.push(layer);
  };
  for (const layer of layers) {
    for (const path of layer.holds) put(path, layer);
    if (layer.searched === undefined) continue;
    const [file = ''] = layer.name.split('#');
    const { searched } = layer;
    const folder = foldersOf(file)
      .map((root) => join(root, searched).replace(/(?<=.)\/$/, ''))
      .find((path) => built.has(path) || folders.has(path));
    if (folder === undefined) continue;
    if (built.has(folder)) put(folder, layer);
    // Without a kustomization Flux makes one of all that lies there.
    else for (const { path } of files) if (foldersOf(path).includes(folder)) put(path, layer);
  }
  return (path) => around.get(path) ?? [];
}

/** The folders that a file lies in, the nearest first. */
function foldersOf(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

function entriesOf(layer: OverrideLayer, layers: readonly OverrideLayer[]): readonly Usage[] {
  if (layer.parts.length === 0) return layer.entries;
  const parts = layers.filter(({ name }) => layer.parts.includes(name));
  return [...layer.entries, ...parts.flatMap(({ entries }) => entries)];
}

function isContainer({ place, override }: Usage): boolean {
  return place === 'container' || place === 'initContainer' || override !== undefined;
}

/** As kustomize reads it: without tag and digest. */
export function nameOf({ image, open }: Usage): string {
  return open?.name ?? image.replace(/(?::[^/:@]*)?(?:@.*)?$/, '');
}

function endingOf(usage: Usage): string {
  return usage.open === undefined ? usage.image.slice(nameOf(usage).length) : usage.open.tail;
}
