/** What a bundle brings, or a place holds: images by name, and digests of blobs. */
export type Inventory = {
  readonly images: ReadonlyMap<string, string>;
  readonly blobs: ReadonlyMap<string, unknown>;
};

export type BundleDiff = {
  /** Names that only the second has. */
  readonly added: readonly string[];
  /** Names that lead to another digest in the second. */
  readonly changed: readonly string[];
  /** Names that only the first has. */
  readonly removed: readonly string[];
  readonly same: number;
  /** Blobs of the second that the first lacks, and their bytes. */
  readonly blobs: number;
  readonly bytes: number;
};

/** What the second brings beyond the first. */
export function diffBundles(
  before: Inventory,
  after: { readonly images: ReadonlyMap<string, string>; readonly blobs: ReadonlyMap<string, number> },
): BundleDiff {
  const names = [...after.images.keys()];
  const fresh = [...after.blobs].filter(([digest]) => !before.blobs.has(digest));
  const known = names.filter((name) => before.images.has(name));
  const changed = known.filter((name) => before.images.get(name) !== after.images.get(name));
  return {
    added: names.filter((name) => !before.images.has(name)),
    changed,
    removed: [...before.images.keys()].filter((name) => !after.images.has(name)),
    same: known.length - changed.length,
    blobs: fresh.length,
    bytes: fresh.reduce((sum, [, size]) => sum + size, 0),
  };
}
