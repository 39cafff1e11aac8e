import { sameRegistry } from '../image/index.ts';
import { tomlFault } from '../edit/index.ts';
import { asList, asText } from '../knowledge/pods/index.ts';
import { readToml } from '../knowledge/runtimes/index.ts';
import { effectiveConfig, hostsIn, mustSetFolder, usesMirrors, usualFolder } from './containerd.ts';
import { isSince } from './hosts-toml.ts';
import type { UnusedSetting } from '../model/index.ts';
import type { NodeState } from './types.ts';

/** Settings of a node that do not do what whoever wrote them meant. */
export function unusedSettings(state: NodeState): readonly UnusedSetting[] {
  const broken = state.files.flatMap(({ path, text }): readonly UnusedSetting[] => {
    const fault = /\.(?:toml|conf)$/.test(path) ? tomlFault(text) : undefined;
    return fault === undefined
      ? []
      : [{ reason: 'broken-file', path, line: fault.line, detail: fault.reason }];
  });
  return state.runtime === 'containerd' ? [...broken, ...inContainerd(state)] : broken;
}

/** Those that decide about the images of one registry. */
export function unusedFor(registry: string, state: NodeState): readonly UnusedSetting[] {
  const names = [registry, registry.replace(/:(\d+)$/, '_$1_'), '_default'];
  return unusedSettings(state).filter(
    ({ path, detail }) =>
      path === state.main ||
      detail === registry ||
      names.some((name) => `${path}/`.includes(`/certs.d/${name}/`)),
  );
}

function inContainerd(state: NodeState): readonly UnusedSetting[] {
  const { main: path, folders, files } = state;
  const config = effectiveConfig(state);
  const isSet = config.hostFolders.length > 0;
  const hosts = files.filter((file) => file.path.endsWith('/hosts.toml'));
  const off = asList(readToml(state.effective ?? textOf(state))?.disabled_plugins).flatMap(
    (one) => asText(one) ?? [],
  );
  return [
    ...(state.mainIsYounger === true ? [{ reason: 'not-read' as const, path }] : []),
    ...(off.some((name) => /(?:^|\.)cri$/.test(name)) ? [{ reason: 'plugin-off' as const, path }] : []),
    ...(isSet && usesMirrors(config) ? [{ reason: 'both-forms' as const, path }] : []),
    ...(!isSet && hosts.length > 0 ? [{ reason: 'folder-unset' as const, path, detail: usualFolder }] : []),
    ...(isSet && mustSetFolder(state, config)
      ? [{ reason: 'several-folders' as const, path, detail: config.hostFolders.join(':') }]
      : []),
    ...folders.flatMap((folder) =>
      inFolder(
        folder,
        hosts.some((file) => file.path === `${folder}/hosts.toml`),
      ),
    ),
    ...hosts.flatMap((file) => inHosts(file, state.version)),
  ];
}

function inFolder(folder: string, hasHosts: boolean): readonly UnusedSetting[] {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const right = sameRegistry(
    name.replace(/^https?:\/*/, '').replace(/^registry-1\.docker\.io$/, 'docker.io'),
  );
  if (hasHosts && right !== name && name !== '_default' && !/_\d+_$/.test(name)) {
    return [{ reason: 'wrong-name', path: folder, detail: right }];
  }
  return hasHosts || !folder.startsWith(`${usualFolder}/`) ? [] : [{ reason: 'no-hosts', path: folder }];
}

/** What containerd knows (core/remotes/docker/config/hosts.go); `referrers` came with a 2.x. */
function inHosts(
  { path, text }: { readonly path: string; readonly text: string },
  version: string,
): readonly UnusedSetting[] {
  return hostsIn(readToml(text)).flatMap(([address, settings]): readonly UnusedSetting[] => {
    const line = lineOf(text, address);
    const at = { path, ...(line === undefined ? {} : { line }) };
    const names = asList(settings.capabilities).flatMap((one) => asText(one) ?? []);
    const known = ['pull', 'resolve', 'push', ...(isSince(version, 2, 1) ? ['referrers'] : [])];
    const foreign = names.find((name) => !known.includes(name.toLowerCase()));
    if (foreign !== undefined) return [{ reason: 'unknown-capability', ...at, detail: foreign }];
    const lower = names.map((name) => name.toLowerCase());
    const isAsked =
      settings.capabilities === undefined || ['pull', 'resolve'].every((one) => lower.includes(one));
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const hasPath = url !== undefined && !['', '/'].includes(url.pathname) && !/\/v2\/?$/.test(url.pathname);
    return [
      ...(isAsked ? [] : [{ reason: 'no-capability' as const, ...at, detail: address }]),
      ...(hasPath && settings.override_path !== true
        ? [{ reason: 'no-override' as const, ...at, detail: address }]
        : []),
    ];
  });
}

function lineOf(text: string, address: string): number | undefined {
  const index = text.split('\n').findIndex((line) => line.includes('[') && line.includes(address));
  return index < 0 ? undefined : index + 1;
}

function textOf({ files, main }: NodeState): string {
  return files.find(({ path }) => path === main)?.text ?? '';
}
