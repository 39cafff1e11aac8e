import type { World } from '../access/index.ts';
import type { NodeConfigs } from '../capabilities/node-config/index.ts';

const nodes = async () => await import('../capabilities/node-config/index.ts');

/** Loaded with the first question about a node. */
export function nodeConfigsOf(world: World): NodeConfigs {
  const configs = async () => (await nodes()).nodeConfigs(world);
  return {
    show: async (names, how) => await (await configs()).show(names, how),
    plan: async (names, how) => await (await configs()).plan(names, how),
    check: async (names, how) => await (await configs()).check(names, how),
    restore: async (names, how) => await (await configs()).restore(names, how),
    generate: async (format, runtime, how) => await (await configs()).generate(format, runtime, how),
  };
}
