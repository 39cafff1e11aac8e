import { quoted } from '../quoted.ts';
import { NodeAccessError, type NodeShell } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { runLabel } from './alias.ts';
import { withCtr } from './containerd.ts';
import { containersOfRuntime } from './containers.ts';
import { namedImages } from './list.ts';

/** What may become of a name, or did. */
export type NameOnNode = 'given' | 'removed' | 'absent' | 'not-ours' | 'in-use';

/** `given`: some run of pullmend gave it, and no container that runs there has it. Errors: NodeAccessError. */
export async function nameOnNodeNow(shell: NodeShell, runtime: Runtime, name: string): Promise<NameOnNode> {
  const [there] = await namedImages(shell, runtime, [name]);
  if (there === undefined) return 'absent';
  if (there.labels[runLabel] === undefined) return 'not-ours';
  const containers = await containersOfRuntime(shell, runtime);
  const isUsed = containers.some(({ image, state }) => image === name && state !== 'exited');
  return isUsed ? 'in-use' : 'given';
}

/**
 * Takes a name away that some run gave and nothing uses; layers stay until the runtime's own collector finds nobody
 * using them. Errors: NodeAccessError.
 */
export async function removeGivenName(shell: NodeShell, runtime: Runtime, name: string): Promise<NameOnNode> {
  const now = await nameOnNodeNow(shell, runtime, name);
  if (now !== 'given') return now;
  const { exit, stderr } = await withCtr(shell, runtime, `ctr images remove ${quoted(name)} >/dev/null\n`);
  if (exit !== 0) throw new NodeAccessError('failed', stderr.trim() || 'the name could not be taken away');
  return 'removed';
}
