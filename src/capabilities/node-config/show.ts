import type { World } from '../../access/index.ts';
import { parseReference } from '../../core/image/index.ts';
import { endpointServer } from '../../core/knowledge/runtimes/index.ts';
import { pauseImageOf, routeIn, unusedSettings, type NodeState } from '../../core/node-config/index.ts';
import type { Vantage, UnusedSetting } from '../../core/model/index.ts';
import { onNodes, type OfNode } from './on-nodes.ts';
import { wantedSettings, type NodeConfigOptions } from './wanted.ts';

/** What a node is set to. */
export type NodeConfigView = {
  readonly runtime: string;
  readonly version: string;
  readonly access: NonNullable<Vantage['access']>;
  /** Files that say so. */
  readonly files: readonly string[];
  readonly pauseImage?: string;
  /** Servers by registry of images, in the order in which they are asked; only where a mirror is among them. */
  readonly registries: readonly { readonly registry: string; readonly servers: readonly string[] }[];
  readonly unused: readonly UnusedSetting[];
};

/** What nodes are set to, and what of it is not used. */
export async function showNodeConfig(
  names: readonly string[],
  options: NodeConfigOptions,
  world: World,
): Promise<readonly OfNode<NodeConfigView>[]> {
  const { settings } = await wantedSettings(options, world);
  const wanted = settings.registries.map(({ registry }) => registry);
  return await onNodes(names, world, async ({ shell, read }) => {
    const state = await read();
    return { access: shell.access, ...viewOf(state, wanted) };
  });
}

export function viewOf(state: NodeState, wanted: readonly string[]): Omit<NodeConfigView, 'access'> {
  const registries = [...new Set([...wanted, ...namedIn(state)])].map((registry) => {
    const { endpoints } = routeIn(state, parseReference(`${registry}/pullmend/sample:1`));
    return {
      registry,
      isMirrored: endpoints.some(({ mirror }) => mirror),
      servers: endpoints.map((endpoint) => `${endpointServer(endpoint)}${pathOf(endpoint.repository)}`),
    };
  });
  const pauseImage = state.runtime === 'containerd' ? pauseImageOf(state) : undefined;
  return {
    runtime: state.runtime,
    version: state.version,
    files: state.files.map(({ path }) => path),
    ...(pauseImage === undefined ? {} : { pauseImage }),
    registries: registries.flatMap(({ isMirrored, ...one }) => (isMirrored ? [one] : [])),
    unused: unusedSettings(state),
  };
}

/** Registries whose names stand in paths of files. */
function namedIn({ folders }: NodeState): readonly string[] {
  return folders.flatMap((folder) => {
    const name = folder.slice(folder.lastIndexOf('/') + 1).replace(/_(\d+)_$/, ':$1');
    return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(name) ? [name] : [];
  });
}

/** What the server puts in front of repositories, without `/v2`. */
function pathOf(repository: string): string {
  const { pathname } = new URL(repository);
  return pathname.replace(/\/pullmend\/sample$/, '').replace(/^\/v2(?=\/|$)/, '');
}
