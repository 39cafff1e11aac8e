import { parseReference, repositoryName, tryParseReference, type Reference } from '../../image/index.ts';
import type { Mirror, SchemeName } from '../../model/index.ts';
import { fillTemplate, placeholdersOf } from './template.ts';

/**
 * A naming scheme. `forward` gives the mirror's name of an original, `inverse` the original's name of a mirrored
 * one; both may give `undefined` for a name that is outside the scheme. Names without tag and digest, except that a
 * template may place them.
 */
export type Scheme = {
  readonly forward: (mirror: Mirror, original: Reference) => string | undefined;
  readonly inverse?: (mirror: Mirror, mirrored: Reference) => string | undefined;
  /** Globs of a mirror that names none. */
  readonly defaultMatch: readonly string[];
  /** Keys of the configuration that say where the mirror is. */
  readonly place: 'at' | 'template' | 'aliases';
};

const everything: readonly string[] = ['**'];

/** `H/P` → `at/P`; back only when all the mirror's globs are of one host. */
const dropHost: Scheme = {
  forward: (mirror, original) => `${mirror.at}/${original.repository}`,
  inverse: (mirror, mirrored) => {
    const host = soleHost(mirror.match);
    const path = pathBelow(mirror.at, mirrored);
    return host !== undefined && path !== undefined ? `${host}/${path}` : undefined;
  },
  defaultMatch: everything,
  place: 'at',
};

/** How each scheme names images; the rules and who uses them stand in docs/reference/mirrors.md. */
export const schemes: Readonly<Record<SchemeName, Scheme>> = {
  /** Copies in a Harbor project: host and `library/` dropped, docker.io/library/x → at/x. */
  'harbor-library': {
    forward: (mirror, original) => `${mirror.at}/${original.repository.replace(/^library\/(?=.)/, '')}`,
    defaultMatch: everything,
    place: 'at',
  },
  /**
   * A Harbor proxy project, which has one upstream. `library/` is written out: Harbor before 2.7 needs it, later
   * versions redirect only for endpoints of the type docker-hub (goharbor/harbor#12719).
   */
  'harbor-proxy': { ...dropHost, defaultMatch: ['docker.io/**'] },
  /** `H/P` → `at/H/P`. */
  'prefix-host-path': {
    forward: (mirror, original) => `${mirror.at}/${repositoryName(original)}`,
    inverse: (mirror, mirrored) => pathBelow(mirror.at, mirrored),
    defaultMatch: everything,
    place: 'at',
  },
  /** `H/P` → `alias(H)/P`. */
  'host-alias': {
    forward: (mirror, original) => {
      const host = ownValue(mirror.aliases, original.registry);
      return host === undefined ? undefined : `${host}/${original.repository}`;
    },
    inverse: (mirror, mirrored) => {
      const entry = Object.entries(mirror.aliases ?? {}).find(([, alias]) => alias === mirrored.registry);
      return entry === undefined ? undefined : `${entry[0]}/${mirrored.repository}`;
    },
    defaultMatch: everything,
    place: 'aliases',
  },
  'drop-host': dropHost,
  /** `H/a/b/x` → `at/x`. */
  'last-segment': {
    forward: (mirror, original) => `${mirror.at}/${original.repository.split('/').at(-1)}`,
    defaultMatch: everything,
    place: 'at',
  },
  template: {
    forward: (mirror, original) => fillTemplate(mirror.template ?? '', original),
    defaultMatch: everything,
    place: 'template',
  },
};

/** Does the template of the mirror place tag or digest itself. */
export function placesItself(mirror: Mirror, what: 'tag' | 'digest'): boolean {
  return mirror.scheme === 'template' && placeholdersOf(mirror.template ?? '').includes(what);
}

/** Is the reference one of the mirror's own, below `at`. */
export function isBelow(at: string, reference: Reference): boolean {
  return pathBelow(at, reference) !== undefined;
}

function pathBelow(at: string, reference: Reference): string | undefined {
  // Normalised by way of an image below it, so that `docker.io` and its other names are one.
  const sample = tryParseReference(`${at}/x/x`);
  if (sample === undefined) return undefined;
  const prefix = repositoryName(sample).slice(0, -'x/x'.length);
  const name = repositoryName(reference);
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : undefined;
}

/** The host that all globs share, when they do. */
function soleHost(globs: readonly string[]): string | undefined {
  const hosts = new Set(globs.map((glob) => glob.split('/', 1).join('')));
  const [host] = hosts;
  return hosts.size === 1 && host !== undefined && !/[*?{}[\]]/.test(host)
    ? parseReference(`${host}/x/x`).registry
    : undefined;
}

function ownValue(table: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
