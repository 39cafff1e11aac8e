import pLimit from 'p-limit';
import { nameOnNode, unnameOnNode, type AliasProblem } from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { asObject } from '../../core/knowledge/pods/index.ts';
import type { NodeAliasStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';
import { readObject, readyPods } from '../proof/index.ts';

/** Nodes that pull at a time: a mirror is asked by all of them. */
const atOnce = 4;

/**
 * Names the copies on all nodes, or on none: what was named before one failed is taken away again. In a dry run the
 * nodes are entered, and nothing is pulled. Errors: PM_NODE_NOT_ENTERED, PM_NODE_ALIAS_FAILED.
 */
export async function apply(step: NodeAliasStep, context: RunContext): Promise<StepResult> {
  const object = await readObject(context.api, step.object);
  const limit = pLimit(atOnce);
  const ended = await Promise.allSettled(
    step.nodes.map((node) => limit(async () => await nameOn(node, step, context))),
  );
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure !== undefined) {
    const named = step.nodes.filter((_, index) => ended[index]?.status === 'fulfilled');
    if (!context.dryRun)
      await Promise.allSettled(named.map(async (node) => await unname(node, step, context)));
    throw failure.reason;
  }
  const { uid } = asObject(object?.metadata);
  return {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(object === undefined ? {} : { ready: readyPods(object) }),
  };
}

async function nameOn(node: string, { aliases }: NodeAliasStep, context: RunContext): Promise<void> {
  await context.onNode(node, async ({ shell, runtime }) => {
    if (context.dryRun) return;
    for (const alias of aliases) {
      context.signal.throwIfAborted();
      const problem = await nameOnNode(shell, runtime, alias, context.run);
      if (problem !== undefined) throw failed(node, problem);
    }
  });
}

function failed(node: string, problem: AliasProblem): PullmendError {
  const { why, name } = problem;
  const detail = problem.why === 'pull' ? problem.said : problem.digest;
  return new PullmendError('PM_NODE_ALIAS_FAILED', { node, name, why, detail });
}

async function unname(node: string, { aliases }: NodeAliasStep, context: RunContext): Promise<void> {
  await context.onNode(node, async ({ shell, runtime }) => {
    const names = aliases.flatMap(({ source, names: all }) => [...all, source]);
    await unnameOnNode(shell, runtime, names, context.run);
  });
}
