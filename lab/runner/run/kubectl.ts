import { inClient, type Invocation } from '../../cluster/index.ts';
import { runToEnd, start, type Finished } from '../world/index.ts';
import type { Context } from './context.ts';

/** Runs kubectl at the engineer's desk, in the scenario's namespace unless told otherwise. Throws when it fails. */
export async function runKubectl(context: Context, args: readonly string[]): Promise<string> {
  return runToEnd(kubectlInvocation(context, args), { signal: context.signal });
}

/** The same, whatever comes of it. */
export async function tryKubectl(context: Context, args: readonly string[]): Promise<Finished> {
  return start(kubectlInvocation(context, args), { signal: context.signal }).finished;
}

/** How kubectl is started at the engineer's desk. */
export function kubectlInvocation({ home }: Context, args: readonly string[]): Invocation {
  return inClient(['kubectl', ...args], { cwd: home, env: { HOME: home, KUBECONFIG: `${home}/kubeconfig` } });
}
