import type { NodeMirror } from '../model/index.ts';
import { addTomlTable, setToml, type TomlValue } from '../edit/index.ts';
import { readToml } from '../knowledge/runtimes/index.ts';
import { asObject, dig } from '../knowledge/pods/index.ts';

/** Versions before take the key as one that they do not know. */
const dialTimeout = '3s';

/**
 * A registry's `hosts.toml` with these mirrors in front of what it has (containerd docs/hosts.md). Undefined where the
 * text cannot be edited so that everything else stays.
 *
 * @param text empty for a new file.
 */
export function hostsToml(text: string, mirrors: readonly NodeMirror[], version: string): string | undefined {
  let edited: string | undefined = text;
  // Each goes in front of all, so the last is put first.
  for (const mirror of mirrors.toReversed()) {
    if (edited === undefined) return undefined;
    const address = hostAddress(mirror);
    const there = dig(readToml(edited), 'host', address);
    edited =
      there === undefined
        ? addTomlTable(edited, ['host', address], hostValues(mirror, version))
        : withRights(edited, address, mirror);
  }
  return edited;
}

/** A mirror that is there already keeps its place and all its settings; what it needs to be used is set. */
function withRights(text: string, address: string, mirror: NodeMirror): string | undefined {
  const settings = asObject(dig(readToml(text), 'host', address));
  const { capabilities } = settings;
  let edited: string | undefined = text;
  const set = (key: string, value: TomlValue): void => {
    if (edited !== undefined) edited = setToml(edited, ['host', address, key], value);
  };
  if (capabilities !== undefined) {
    const names = Array.isArray(capabilities) ? (capabilities as readonly string[]) : [];
    const lacking = ['pull', 'resolve'].filter((name) => !names.includes(name));
    if (lacking.length > 0) set('capabilities', [...names, ...lacking]);
  }
  if (mirror.path !== '' && settings.override_path !== true) set('override_path', true);
  return edited;
}

function hostValues(mirror: NodeMirror, version: string): Readonly<Record<string, TomlValue>> {
  return {
    capabilities: ['pull', 'resolve'],
    ...(mirror.path === '' ? {} : { override_path: true }),
    ...(mirror.ca === undefined ? {} : { ca: caName(mirror) }),
    // A dead mirror costs every pull this long; 30 s otherwise.
    ...(isSince(version, 2, 1) ? { dial_timeout: dialTimeout } : {}),
  };
}

/** `https://harbor.corp/v2/proxy`: with `override_path` nothing is put behind it but the repository. */
export function hostAddress({ server, path }: Pick<NodeMirror, 'server' | 'path'>): string {
  return path === '' ? server : `${server}/v2/${path}`;
}

/** The file of a mirror's authority, beside the `hosts.toml`. */
export function caName({ name }: NodeMirror): string {
  return `pullmend-${name.replaceAll(/[^\w.-]/g, '_')}.crt`;
}

/** Is the version this one or a later one. */
export function isSince(version: string, major: number, minor: number): boolean {
  const [, a = '', b = ''] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (a === '') return false;
  return Number(a) > major || (Number(a) === major && Number(b) >= minor);
}
