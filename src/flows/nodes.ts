import type { World } from '../access/index.ts';
import type { Mender } from './mender-type.ts';
import { nodeConfigsOf } from './node-configs-of.ts';

const inventory = async () => await import('../capabilities/node-images/index.ts');
const loads = async () => await import('../capabilities/node-load/index.ts');

/** What works on nodes themselves. */
export function nodesOf(
  world: World,
): Pick<
  Mender,
  'nodeConfig' | 'nodeContainers' | 'nodeImages' | 'planNodeLoad' | 'planNodeNames' | 'removeNodeName'
> {
  return {
    nodeConfig: nodeConfigsOf(world),
    nodeImages: async (names) => await (await inventory()).nodeImages(names, world),
    nodeContainers: async (names) => await (await inventory()).nodeContainers(names, world),
    removeNodeName: async (name, nodes, how) => await (await inventory()).removeName(name, nodes, how, world),
    planNodeNames: async (names, nodes) => await (await loads()).planNodeNames(names, nodes, world),
    planNodeLoad: async (source, nodes) => await (await loads()).planNodeLoad(source, nodes, world),
  };
}
