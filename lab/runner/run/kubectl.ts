import { inClient } from '../../cluster/index.ts';
import { runToEnd, start, type Finished } from '../world/index.ts';
import type { Context } from './context.ts';

/** Runs kubectl at the engineer's desk, in the scenario's namespace unless told otherwise. Throws when it fails. */
export async function runKubectl(context: Context, args: readonly string[]): Promise<string> {
  return runToEnd(invocation(context, args), { signal: context.signal });
}

/** The same, whatever comes of it. */
export async function tryKubectl(context: Context, args: readonly string[]): Promise<Finished> {
  return start(invocation(context, args), { signal: context.signal }).finished;
}

function invocation({ home }: Context, args: readonly string[]): ReturnType<typeof inClient> {
  return inClient(['kubectl', ...args], { cwd: home, env: { HOME: home, KUBECONFIG: `${home}/kubeconfig` } });
}
