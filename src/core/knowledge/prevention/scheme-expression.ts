import type { Mirror, SchemeName } from '../../model/index.ts';
import { celMap, celString } from './cel.ts';

/** Variables of the expressions: an image name taken apart, `i.host` (one name a registry), `i.repository`. */
type Expressed = {
  /** The name on the mirror, without tag and digest. */
  readonly name: string;
  /** Without it the mirror has no name for the image. */
  readonly when?: string;
};

const below = (mirror: Mirror, rest: string): string => `${celString(`${mirror.at}/`)} + ${rest}`;

/** A host with a port or upper case cannot be part of a path. */
const pathLikeHost = "i.host.matches('^[a-z0-9]+([.-][a-z0-9]+)*$')";

const official = "(i.repository.startsWith('library/') ? i.repository.substring(8) : i.repository)";

const dropHost = (mirror: Mirror): Expressed => ({ name: below(mirror, 'i.repository') });

/**
 * The naming schemes of `core/knowledge/mirrors` in CEL. A scheme that is missing cannot be said there: a template may
 * place the tag, and joins parts in ways of its own.
 */
const expressions: Readonly<Partial<Record<SchemeName, (mirror: Mirror) => Expressed>>> = {
  'harbor-library': (mirror) => ({ name: below(mirror, official) }),
  'harbor-proxy': dropHost,
  'drop-host': dropHost,
  'prefix-host-path': (mirror) => ({
    name: below(mirror, "i.host + '/' + i.repository"),
    when: pathLikeHost,
  }),
  'host-alias': ({ aliases = {} }) => {
    const map = celMap(Object.entries(aliases));
    return { name: `${map}[i.host] + '/' + i.repository`, when: `i.host in ${map}` };
  },
  'last-segment': (mirror) => ({
    name: below(mirror, "i.repository.split('/')[size(i.repository.split('/')) - 1]"),
  }),
  dots: (mirror) => {
    if (mirror.prefixes === undefined) {
      const name = `(i.host == 'docker.io' ? ${official} : i.host + '/' + i.repository)`;
      return { name: below(mirror, `${name}.replace('/', '.')`), when: pathLikeHost };
    }
    const map = celMap(Object.entries(mirror.prefixes));
    return {
      name: below(mirror, `${map}[i.host] + i.repository.replace('/', '.')`),
      when: `i.host in ${map}`,
    };
  },
  names: ({ names = {} }) => {
    const map = celMap(Object.entries(names));
    const key = "(i.host + '/' + i.repository)";
    return { name: `${map}[${key}]`, when: `${key} in ${map}` };
  },
};

/** How a mirror names an image, in CEL; `undefined` when CEL cannot say it. */
export function schemeExpression(mirror: Mirror): Expressed | undefined {
  return expressions[mirror.scheme]?.(mirror);
}
