import type { World } from '../../access/index.ts';
import type { GenerateFormat, RuntimeKind } from '../../core/node-config/index.ts';
import { checkNodeConfig, type NodeCheck, type NodeCheckOptions } from './check.ts';
import { generateNodeConfig, type Generated } from './generate.ts';
import type { OfNode } from './on-nodes.ts';
import { planNodeConfig, type NodeConfigPlan } from './plan.ts';
import { showNodeConfig, type NodeConfigView } from './show.ts';
import type { NodeConfigOptions } from './wanted.ts';

/** What nodes are told of mirrors. Every name is a node; none stands for all. */
export type NodeConfigs = {
  show(names: readonly string[], options: NodeConfigOptions): Promise<readonly OfNode<NodeConfigView>[]>;
  /** The plan is carried out as any other one. */
  plan(names: readonly string[], options: NodeConfigOptions): Promise<NodeConfigPlan>;
  check(names: readonly string[], options: NodeCheckOptions): Promise<readonly OfNode<NodeCheck>[]>;
  generate(format: GenerateFormat, runtime: RuntimeKind, options: NodeConfigOptions): Promise<Generated>;
};

export function nodeConfigs(world: World): NodeConfigs {
  return {
    show: async (names, options) => await showNodeConfig(names, options, world),
    plan: async (names, options) => await planNodeConfig(names, options, world),
    check: async (names, options) => await checkNodeConfig(names, options, world),
    generate: async (format, runtime, options) => await generateNodeConfig(format, runtime, options, world),
  };
}
