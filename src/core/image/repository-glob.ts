import picomatch from 'picomatch';

/** Plain names, `*` within one part, `**` over any parts, `?`, `{a,b}` and `[ab]`. */
const globPattern = /^[a-z0-9._:/*?{},[\]-]+$/i;

/** Is this text usable as a glob over repository names. */
export function isRepositoryGlob(text: string): boolean {
  return globPattern.test(text) && !text.startsWith('/');
}

/** Does one of the globs, e.g. `docker.io/**`, match `registry/repository`. */
export function repositoryMatches(globs: readonly string[], name: string): boolean {
  return picomatch.isMatch(name, [...globs], { dot: true, nonegate: true, noextglob: true });
}
