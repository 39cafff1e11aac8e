import type { Mirror, SchemeName } from '../../../model/index.ts';
import { schemes } from '../schemes.ts';
import type { PresetMirror } from '../preset.ts';

/** A written mirror with everything that naming needs. */
export function draftMirror(written: Pick<PresetMirror, 'scheme'> & Partial<PresetMirror>): Mirror {
  const { scheme, match, at = '', aliases, prefixes } = written;
  return {
    name: 'draft',
    scheme,
    match: match ?? schemes[scheme].defaultMatch,
    at,
    ...(aliases === undefined ? {} : { aliases }),
    ...(prefixes === undefined ? {} : { prefixes }),
    writable: false,
    credentials: { from: 'anonymous' },
    nodesHaveCredentials: false,
    plainHttp: false,
  };
}

/** `harbor-corp-proxy` for `harbor.corp/proxy`. */
export function mirrorName(place: string): string {
  return place
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** Do both name originals alike, apart from their globs: the three that keep the path differ in their defaults only. */
export function family(scheme: SchemeName): string {
  return scheme === 'harbor-proxy' ? 'drop-host' : scheme;
}
