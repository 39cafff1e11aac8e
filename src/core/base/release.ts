/** Compares releases such as `v3.4.1` by their numbers; what follows them (`-rc.1`, `+k3s1`) does not count. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((it, index) => it !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** The release of a list that is closest to a wanted one. */
export function nearestRelease(wanted: string, known: readonly string[]): string | undefined {
  const target = distanceOf(wanted);
  return known.toSorted((a, b) => Math.abs(distanceOf(a) - target) - Math.abs(distanceOf(b) - target))[0];
}

/** Major versions lie farther apart than any two minor ones. */
function distanceOf(release: string): number {
  return numbersOf(release).reduce((sum, it) => sum * 1000 + Math.min(it, 999), 0);
}

function numbersOf(release: string): readonly number[] {
  const found = /^v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?/.exec(release.trim());
  return [1, 2, 3].map((group) => Number(found?.[group] ?? 0));
}
