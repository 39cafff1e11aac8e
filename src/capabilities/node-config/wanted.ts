import { readTextFile } from '../../adapters/files/index.ts';
import type { World } from '../../access/index.ts';
import { matchedHosts } from '../../core/knowledge/mirrors/index.ts';
import { settingsFor, type Untold } from '../../core/node-config/index.ts';
import type { NodeSettings } from '../../core/model/index.ts';

/** Registries of images that a mirror for everything is told for. */
const usualRegistries = ['docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io', 'gcr.io'] as const;

export type NodeConfigOptions = {
  /** Registries of images; default: those that the mirrors name, or the usual ones. */
  readonly registries?: readonly string[];
  readonly pauseImage?: string;
};

/** What nodes are to be told by the user's mirrors, and what they cannot be told. */
export async function wantedSettings(
  { registries, pauseImage }: NodeConfigOptions,
  { outside }: World,
): Promise<{ readonly settings: NodeSettings; readonly untold: readonly Untold[] }> {
  const { mirrors } = outside.mirrors;
  const authorities = new Map<string, string>();
  for (const { name, caFile } of mirrors) {
    if (caFile !== undefined) authorities.set(name, (await readTextFile(caFile)).text);
  }
  const own = mirrors.flatMap(({ match }) => matchedHosts(match) ?? usualRegistries);
  const all = registries ?? [...new Set(own)];
  const { settings, untold } = settingsFor(mirrors, all, ({ name }) => authorities.get(name));
  return { settings: { ...settings, ...(pauseImage === undefined ? {} : { pauseImage }) }, untold };
}
