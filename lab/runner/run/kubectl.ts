import type { Invocation } from '../../cluster/index.ts';
import { runToEnd, start, type Finished } from '../world/index.ts';
import type { Context } from './context.ts';
import { helmOf, programInvocation, type Who } from './desk.ts';

/** Runs kubectl at the engineer's desk, in the scenario's namespace unless told otherwise. Throws when it fails. */
export async function runKubectl(context: Context, args: readonly string[]): Promise<string> {
  return runToEnd(kubectlInvocation(context, args), { signal: context.signal });
}

/** Runs helm there, whatever comes of it. */
export async function tryHelm(context: Context, args: readonly string[]): Promise<Finished> {
  const helm = helmOf(context.programs) ?? 'helm';
  context.say(`runs helm ${args.join(' ')}`);
  return start(programInvocation(context, [helm, ...args]), { signal: context.signal }).finished;
}

/** How kubectl is started at the engineer's desk. */
export function kubectlInvocation(context: Context, args: readonly string[], who: Who = {}): Invocation {
  return programInvocation(context, ['kubectl', ...args], who);
}
