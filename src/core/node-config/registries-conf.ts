import { tomlFault } from '../edit/index.ts';
import { asList, asObjects, asText } from '../knowledge/pods/index.ts';
import { readToml } from '../knowledge/runtimes/index.ts';
import type { Json, JsonObject, NodeMirror, NodeSettings, RegistryMirrors } from '../model/index.ts';
import type { ConfigDraft, NodeState } from './types.ts';

/** Read behind the others of its folder, whose names begin with smaller numbers by custom. */
export const dropIn = '/etc/containers/registries.conf.d/99-pullmend.conf';
export const crioDropIn = '/etc/crio/crio.conf.d/99-pullmend.conf';

/**
 * The settings as drop-in files for CRI-O and podman (containers-registries.conf.d(5)). An entry takes the place of the
 * one with the same prefix in an earlier file, so what stands there is taken along.
 */
export function crioDraft(state: NodeState, settings: NodeSettings): ConfigDraft {
  const broken = state.files.flatMap(({ path, text }) => {
    const fault = tomlFault(text);
    return fault === undefined ? [] : [{ path, ...fault }];
  });
  if (broken.length > 0) return { files: [], restart: 'none', untold: [], broken };
  const entries = entriesIn(state);
  const own = new Set(entriesOf(state, dropIn).map(prefixOf));
  const before = state.files.find(({ path }) => path === dropIn)?.text;
  for (const registry of settings.registries) {
    for (const [prefix, mirrors] of byPrefix(registry)) {
      entries.set(prefix, withMirrors(entries.get(prefix) ?? { prefix, location: prefix }, mirrors));
      own.add(prefix);
    }
  }
  const after = [...own].map((prefix) => render(entries.get(prefix) ?? {})).join('\n');
  const files =
    settings.registries.length === 0 || after === before
      ? []
      : [{ path: dropIn, ...existing(before), after }];
  const pause = pauseDraft(state, settings);
  const authorities = settings.registries.flatMap(({ mirrors }) =>
    mirrors.flatMap((mirror) => authority(state, mirror)),
  );
  const all = [...authorities, ...files, ...pause];
  return { files: all, restart: all.length > 0 ? 'reload' : 'none', untold: [], broken: [] };
}

function pauseDraft(state: NodeState, { pauseImage }: NodeSettings): ConfigDraft['files'] {
  if (pauseImage === undefined) return [];
  const before = state.files.find(({ path }) => path === crioDropIn)?.text;
  const after = `[crio.image]\n  pause_image = ${JSON.stringify(pauseImage)}\n`;
  return before === after ? [] : [{ path: crioDropIn, ...existing(before), after }];
}

/** Where podman and CRI-O look for the authority of a registry (containers-certs.d(5)). */
function authority({ files }: NodeState, { ca, server }: NodeMirror): ConfigDraft['files'] {
  if (ca === undefined) return [];
  const path = `/etc/containers/certs.d/${new URL(server).host}/pullmend.crt`;
  const before = files.find((file) => file.path === path)?.text;
  return before === ca ? [] : [{ path, ...existing(before), after: ca }];
}

function existing(before: string | undefined): { readonly before?: string } {
  return before === undefined ? {} : { before };
}

/** Entries by prefix; those of later files count. */
function entriesIn(state: NodeState): Map<string, JsonObject> {
  const paths = state.files.map(({ path }) => path);
  return new Map(
    paths.flatMap((path) => entriesOf(state, path)).map((entry) => [prefixOf(entry), entry] as const),
  );
}

function entriesOf({ files }: NodeState, path: string): readonly JsonObject[] {
  return asObjects(readToml(files.find((file) => file.path === path)?.text ?? '')?.registry);
}

function prefixOf(entry: JsonObject): string {
  return asText(entry.prefix) || asText(entry.location) || '';
}

function byPrefix({ registry, mirrors }: RegistryMirrors): ReadonlyMap<string, readonly NodeMirror[]> {
  const prefixes = new Map<string, NodeMirror[]>();
  for (const mirror of mirrors) {
    const prefix = mirror.below === undefined ? registry : `${registry}/${mirror.below}`;
    prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), mirror]);
  }
  return prefixes;
}

function withMirrors(entry: JsonObject, mirrors: readonly NodeMirror[]): JsonObject {
  const there = asObjects(entry.mirror);
  const wanted = mirrors.map(({ server, path }) => {
    const { host } = new URL(server);
    const location = path === '' ? host : `${host}/${path}`;
    return { location, ...(server.startsWith('http:') ? { insecure: true } : {}) };
  });
  const others = there.filter(({ location }) => !wanted.some((one) => one.location === location));
  const first = wanted.map((one) => ({ ...there.find(({ location }) => location === one.location), ...one }));
  return { ...entry, mirror: [...first, ...others] };
}

/** One `[[registry]]` with its mirrors, every setting kept. */
function render({ mirror, ...entry }: JsonObject): string {
  const mirrors = asList(mirror).map((one) => `\n  [[registry.mirror]]\n${lines(one as JsonObject, '  ')}`);
  return `[[registry]]\n${lines(entry, '')}${mirrors.join('')}`;
}

function lines(values: JsonObject, indent: string): string {
  const word = (value: Json | undefined): string => JSON.stringify(value);
  return Object.entries(values)
    .map(([key, value]) => `${indent}${key} = ${word(value)}\n`)
    .join('');
}
