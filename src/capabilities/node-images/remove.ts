import {
  NodeAccessError,
  nameOnNodeNow,
  removeGivenName,
  type NameOnNode,
} from '../../adapters/node/index.ts';
import { notEntered, type World } from '../../access/index.ts';
import { parseReference, runtimeName } from '../../core/image/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';

export type NameRemoval = { readonly name: string; readonly outcome: NameOnNode };

export type RemoveOptions = {
  readonly dryRun: boolean;
  /** Asked with what each node has, before anything changes; never where nothing would. */
  readonly confirm: (nodes: readonly OfNode<NameRemoval>[]) => Promise<boolean>;
};

/**
 * Takes a name off nodes, off all where none is named: only where some run gave it and no container has it that runs.
 * Whose record was lost is tidied up so. Errors: PM_BAD_IMAGE_NAME.
 */
export async function removeName(
  image: string,
  nodes: readonly string[],
  { dryRun, confirm }: RemoveOptions,
  world: World,
): Promise<readonly OfNode<NameRemoval>[]> {
  const name = runtimeName(parseReference(image));
  const each = async (names: readonly string[], work: typeof removeGivenName) =>
    await onNodes(names, world, async ({ shell, runtime }, node) => {
      try {
        return { name, outcome: await work(shell, runtime, name) };
      } catch (cause) {
        throw cause instanceof NodeAccessError ? notEntered(node, cause) : cause;
      }
    });
  const found = await each(nodes, nameOnNodeNow);
  const given = found.flatMap((one) => (one.ok && one.value.outcome === 'given' ? [one.node] : []));
  if (dryRun || given.length === 0 || !(await confirm(found))) return found;
  const done = new Map((await each(given, removeGivenName)).map((one) => [one.node, one]));
  return found.map((one) => done.get(one.node) ?? one);
}
