import type { World } from '../access/index.ts';
import type { Mender } from './mender-type.ts';
import { nodeConfigsOf } from './node-configs-of.ts';

const inventory = async () => await import('../capabilities/node-images/index.ts');
const loads = async () => await import('../capabilities/node-load/index.ts');

/** What works on nodes themselves. */
export function nodesOf(world: World): Pick<Mender, 'nodeConfig' | 'nodeImages' | 'planNodeLoad'> {
  return {
    nodeConfig: nodeConfigsOf(world),
    nodeImages: async (names) => await (await inventory()).nodeImages(names, world),
    planNodeLoad: async (source, nodes) => await (await loads()).planNodeLoad(source, nodes, world),
  };
}
