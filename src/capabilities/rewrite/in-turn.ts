import type { World } from '../../access/index.ts';
import type { RewriteOptions } from './rewrite.ts';

/** Who writes in place takes turns with every other run that changes files. */
export async function inTurn<T>(
  { to }: Pick<RewriteOptions, 'to'>,
  { outside }: World,
  work: () => Promise<T>,
): Promise<T> {
  return to === 'in-place' ? await outside.fileTurn(work) : await work();
}
