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
  /** Key of the configuration that says where the mirror is. */
  readonly place: PlaceKey;
  /** A key of the configuration that this scheme takes besides. */
  readonly option?: PlaceKey;
};

/** Keys of the configuration that only some schemes take. */
export const placeKeys = ['at', 'template', 'aliases', 'prefixes', 'names'] as const;
export type PlaceKey = (typeof placeKeys)[number];

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
      const host = soleKey(mirror.aliases, mirrored.registry);
      return host === undefined ? undefined : `${host}/${mirrored.repository}`;
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
  /** `H/a/x` → `at/H.a.x`, names of Docker Hub as people write them; with `prefixes` only for the hosts named. */
  dots: {
    forward: (mirror, original) => {
      const dotted = original.repository.replaceAll('/', '.');
      if (mirror.prefixes === undefined) {
        // Behind the colon of a port everything would be a tag.
        if (original.registry.includes(':')) return undefined;
        return `${mirror.at}/${familiarName(original).replaceAll('/', '.')}`;
      }
      const prefix = ownValue(mirror.prefixes, original.registry);
      return prefix === undefined ? undefined : `${mirror.at}/${prefix}${dotted}`;
    },
    defaultMatch: everything,
    place: 'at',
    option: 'prefixes',
  },
  /** Every name is written down, as in the list of image-syncer. */
  names: {
    forward: (mirror, original) => ownValue(mirror.names, repositoryName(original)),
    inverse: (mirror, mirrored) => soleKey(mirror.names, repositoryName(mirrored)),
    defaultMatch: everything,
    place: 'names',
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
  const prefix = prefixOf(at);
  const name = repositoryName(reference);
  return prefix !== undefined && name.startsWith(prefix) && name.length > prefix.length
    ? name.slice(prefix.length)
    : undefined;
}

/** What the full names of all images below a place begin with. */
export function prefixOf(at: string): string | undefined {
  // Normalised by way of an image below it, so that `docker.io` and its other names are one.
  const sample = tryParseReference(`${at}/x/x`);
  return sample === undefined ? undefined : repositoryName(sample).slice(0, -'x/x'.length);
}

/** The hosts that globs name; `undefined` when one of them leaves the host open. */
export function matchedHosts(globs: readonly string[]): readonly string[] | undefined {
  const hosts = [...new Set(globs.map((glob) => glob.split('/', 1).join('')))];
  if (hosts.some((host) => /[*?{}[\]]/.test(host))) return undefined;
  return [...new Set(hosts.map((host) => parseReference(`${host}/x/x`).registry))];
}

/** The host that all globs share, when they do. */
function soleHost(globs: readonly string[]): string | undefined {
  const hosts = matchedHosts(globs);
  return hosts?.length === 1 ? hosts[0] : undefined;
}

/** `nginx` for docker.io/library/nginx, `a/x` for docker.io/a/x; other names are whole. */
function familiarName(reference: Reference): string {
  return reference.registry === 'docker.io'
    ? reference.repository.replace(/^library\/(?=.)/, '')
    : repositoryName(reference);
}

/** The one key with this value; `undefined` when two have it: then nobody knows which was meant. */
function soleKey(table: Readonly<Record<string, string>> | undefined, value: string): string | undefined {
  const keys = Object.entries(table ?? {}).filter(([, entry]) => entry === value);
  return keys.length === 1 ? keys[0]?.[0] : undefined;
}

function ownValue(table: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
