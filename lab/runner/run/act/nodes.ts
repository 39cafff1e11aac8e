import { putBackParts, setRegistryHosts, takeAwayPart } from '../../../cluster/index.ts';
import type { NodesAction, NodeState } from '../../file/index.ts';
import { lastPart, placeImage, removeImages } from '../../world/index.ts';
import type { Context } from '../context.ts';

/** Somebody works on the nodes. */
export async function changeNodes({ signal }: Context, change: NodesAction['nodes']): Promise<void> {
  if (change === 'whole') return putBackParts();
  for (const state of change) {
    await removeImages(state.node, state.loses.map(lastPart), signal);
    for (const present of state.present) await placeImage(state.node, present, signal);
    await breakNode(state);
  }
}

/** Takes parts away from a node and tells its runtime other hosts. */
export async function breakNode({ node, lacks, registryHosts }: NodeState): Promise<void> {
  for (const part of lacks) await takeAwayPart(node, part);
  for (const [registry, text] of Object.entries(registryHosts)) await setRegistryHosts(node, registry, text);
}
