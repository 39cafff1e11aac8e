import type { World } from '../access/index.ts';
import type { Mender } from './mender-type.ts';

const nodes = async () => await import('../capabilities/node-config/index.ts');
const repairs = async () => await import('../capabilities/repair/index.ts');

/** What nodes are told of mirrors; loaded when it is asked for. */
export function nodeConfigsOf(world: World): Mender['nodeConfig'] {
  return {
    show: async (names, how) => await (await nodes()).nodeConfigs(world).show(names, how),
    plan: async (names, how) => await (await nodes()).nodeConfigs(world).plan(names, how),
    check: async (names, how) => await (await nodes()).nodeConfigs(world).check(names, how),
    restore: async (names, how) => await (await repairs()).restoreNodeConfig(names, how, world),
    generate: async (format, runtime, how) =>
      await (await nodes()).nodeConfigs(world).generate(format, runtime, how),
  };
}
