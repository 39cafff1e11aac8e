import { setToml, tomlFault } from '../edit/index.ts';
import { asObject, asText, dig } from '../knowledge/pods/index.ts';
import {
  hostFolders,
  readContainerdConfig,
  readToml,
  type ContainerdConfig,
  type NodeFile,
} from '../knowledge/runtimes/index.ts';
import type { JsonObject, NodeRestart, NodeSettings, RegistryMirrors } from '../model/index.ts';
import { caName, hostsToml, isSince } from './hosts-toml.ts';
import type { BrokenFile, ConfigDraft, FileDraft, NodeState, Untold } from './types.ts';

/** Where `hosts.toml` files lie when nobody said anything else (containerd docs/hosts.md). */
export const usualFolder = '/etc/containerd/certs.d';

/**
 * The settings in containerd's files: `hosts.toml` of each registry, or where the old `registry.mirrors` is in use, that.
 * The main file is changed only where it must be, and then containerd has to start anew.
 */
export function containerdDraft(state: NodeState, settings: NodeSettings): ConfigDraft {
  const main = state.files.find(({ path }) => path === state.main);
  const fault = main === undefined ? undefined : faultIn(main);
  // Nothing is known of what it does then.
  if (fault !== undefined) return { ...nothing, broken: [fault] };
  const config = effectiveConfig(state);
  let text: string | undefined = main?.text ?? '';
  const files: FileDraft[] = [];
  const untold: Untold[] = [];
  const stuck: BrokenFile[] = [];
  const set = (path: readonly string[], value: string | readonly string[]): void => {
    if (text !== undefined) text = setToml(withVersion(text), path, value);
  };
  const { section } = sectionsOf(state);
  const old = usesMirrors(config);
  for (const registry of settings.registries) {
    untold.push(...partly(registry));
    if (old) {
      const endpoints = withMirrors(config, registry);
      if (endpoints !== undefined)
        set([...section, 'registry', 'mirrors', registry.registry, 'endpoint'], endpoints);
    } else {
      const drafts = registryFiles(state, config, whole(registry), stuck);
      files.push(...drafts);
    }
  }
  // Both together keep the whole plug-in from loading (pkg/cri/config, ValidatePluginConfig).
  if (old && config.hostFolders.length > 0) set([...section, 'registry', 'config_path'], '');
  if (!old && settings.registries.length > 0 && mustSetFolder(state, config)) {
    set([...section, 'registry', 'config_path'], config.hostFolders[0] ?? usualFolder);
  }
  if (settings.pauseImage !== undefined && pauseImageOf(state) !== settings.pauseImage) {
    set(pausePath(state), settings.pauseImage);
  }
  if (text === undefined) stuck.push(uneditable(state.main));
  const isChanged = text !== undefined && text !== (main?.text ?? '');
  const restart: NodeRestart = isChanged ? 'restart' : 'none';
  return {
    files: isChanged ? [...files, draftOf(state, state.main, text ?? '')] : files,
    restart,
    untold,
    broken: stuck,
  };
}

const nothing = { files: [], restart: 'none', untold: [] } as const;

/** The image of pod sandboxes that containerd uses; undefined when it is not known. */
export function pauseImageOf(state: NodeState): string | undefined {
  const root = readToml(state.effective ?? mainText(state));
  for (const path of pausePaths) {
    const found = asText(dig(root, ...path));
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

const pausePaths = [
  ['plugins', 'io.containerd.cri.v1.images', 'pinned_images', 'sandbox'],
  ['plugins', 'io.containerd.grpc.v1.cri', 'sandbox_image'],
  ['plugins', 'cri', 'sandbox_image'],
] as const;

function pausePath(state: NodeState): readonly string[] {
  const { version } = sectionsOf(state);
  return pausePaths[version === 3 ? 0 : version === 2 ? 1 : 2];
}

/** Where the settings of images stand, by the version that the file is written in. */
function sectionsOf(state: NodeState): { readonly version: number; readonly section: readonly string[] } {
  const text = mainText(state);
  // A new file is written in the version that every containerd since 1.3 reads.
  const version = text.trim() === '' ? 2 : Number(readToml(text)?.version ?? 1);
  const names = ['cri', 'io.containerd.grpc.v1.cri', 'io.containerd.cri.v1.images'];
  return { version, section: ['plugins', names[version - 1] ?? names[2] ?? ''] };
}

function withVersion(text: string): string {
  return text.trim() === '' ? `version = 2\n${text}` : text;
}

export function effectiveConfig(state: NodeState): ContainerdConfig {
  const text = state.effective ?? mainText(state);
  return (
    readContainerdConfig({ path: state.main, text }) ?? {
      path: state.main,
      hostFolders: [],
      mirrors: {},
      tls: {},
    }
  );
}

/** Folders with a folder for each registry, as the running configuration has them. */
export function hostRoots(state: NodeState): readonly string[] {
  return effectiveConfig(state).hostFolders;
}

/** The old way is in use: then the new one must not come beside it. */
export function usesMirrors(config: ContainerdConfig): boolean {
  return Object.keys(config.mirrors).length > 0 || Object.keys(config.tls).length > 0;
}

/**
 * The folder is not set, or there are several and pulls go through the transfer service, which takes the list for one
 * name (containerd#12415, since 2.1).
 */
export function mustSetFolder(state: NodeState, config: ContainerdConfig): boolean {
  return config.hostFolders.length === 0 || (config.hostFolders.length > 1 && usesTransfer(state));
}

/** Pulls go through the transfer service (since 2.1, unless `use_local_image_pull`). */
function usesTransfer(state: NodeState): boolean {
  if (!isSince(state.version, 2, 1)) return false;
  const images = asObject(dig(readToml(state.effective ?? ''), 'plugins', 'io.containerd.cri.v1.images'));
  return images.use_local_image_pull !== true && images.discard_unpacked_layers !== true;
}

/** The endpoints of a registry with the mirrors in front; undefined when they are there already. */
function withMirrors(
  config: ContainerdConfig,
  { registry, mirrors }: RegistryMirrors,
): readonly string[] | undefined {
  const there = config.mirrors[registry] ?? config.mirrors['*'] ?? [];
  const wanted = mirrors
    .filter(isWhole)
    .map((mirror) => `${mirror.server}/v2${mirror.path === '' ? '' : `/${mirror.path}`}`);
  const isThere = (address: string): boolean =>
    there.includes(address) || there.includes(address.replace(/\/v2$/, ''));
  return wanted.every(isThere) ? undefined : [...wanted.filter((address) => !isThere(address)), ...there];
}

/** A registry's folder: its `hosts.toml`, and files of authorities beside it. */
function registryFiles(
  state: NodeState,
  config: ContainerdConfig,
  { registry, mirrors }: RegistryMirrors,
  stuck: BrokenFile[],
): readonly FileDraft[] {
  if (mirrors.length === 0) return [];
  const root = config.hostFolders[0] ?? usualFolder;
  const looked = hostFolders(
    { ...config, hostFolders: config.hostFolders.length > 0 ? config.hostFolders : [root] },
    registry,
  );
  const counts = looked.find((folder) => state.folders.includes(folder));
  const isOwn = counts !== undefined && !counts.endsWith('/_default');
  const folder = isOwn ? counts : `${root}/${registry}`;
  const path = `${folder}/hosts.toml`;
  // What `_default` says counts no more for a registry with a folder of its own: it is taken along.
  const base = state.files.find((file) => file.path === (isOwn ? path : `${counts ?? ''}/hosts.toml`));
  const fault = base === undefined ? undefined : faultIn(base);
  if (fault !== undefined) {
    stuck.push(fault);
    return [];
  }
  const text = hostsToml(base?.text ?? '', mirrors, state.version);
  if (text === undefined) {
    stuck.push(uneditable(base?.path ?? path));
    return [];
  }
  const authorities = mirrors.flatMap((mirror) =>
    mirror.ca === undefined ? [] : [draftOf(state, `${folder}/${caName(mirror)}`, mirror.ca)],
  );
  return [...authorities, draftOf(state, path, text)].filter(({ before, after }) => before !== after);
}

function draftOf(state: NodeState, path: string, after: string): FileDraft {
  const before = state.files.find((file) => file.path === path)?.text;
  return { path, ...(before === undefined ? {} : { before }), after };
}

/** containerd has mirrors for whole registries only. */
function partly({ registry, mirrors }: RegistryMirrors): readonly Untold[] {
  return mirrors
    .filter((mirror) => !isWhole(mirror))
    .map(({ name }) => ({ mirror: name, registry, reason: 'part-only' }));
}

function whole(all: RegistryMirrors): RegistryMirrors {
  return { ...all, mirrors: all.mirrors.filter(isWhole) };
}

function isWhole({ below }: { readonly below?: string }): boolean {
  return below === undefined;
}

function faultIn({ path, text }: NodeFile): BrokenFile | undefined {
  const fault = tomlFault(text);
  return fault === undefined ? undefined : { path, ...fault };
}

function uneditable(path: string): BrokenFile {
  return {
    path,
    line: 1,
    column: 1,
    reason: 'the place is written in a way that cannot be edited without touching the rest',
  };
}

function mainText(state: NodeState): string {
  return state.files.find(({ path }) => path === state.main)?.text ?? '';
}

/** Host addresses of a `hosts.toml`, in its order. */
export function hostsIn(root: JsonObject | undefined): readonly (readonly [string, JsonObject])[] {
  return Object.entries(asObject(root?.host)).map(([address, settings]) => [address, asObject(settings)]);
}
