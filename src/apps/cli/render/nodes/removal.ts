import type { NameRemoval, OfNode } from '../../../../flows/index.ts';
import { errorScreen } from '../errors.ts';
import type { Page } from '../page.ts';
import { row } from '../rows.ts';

/** What becomes of a name on each node. */
export function removalScreen(nodes: readonly OfNode<NameRemoval>[], page: Page): readonly string[] {
  return nodes.flatMap((one) => {
    if (!one.ok) return [page.paint.strong(one.node), ...errorScreen(one.error, page), ''];
    return row(one.node, page.m.nodeImages.removal[one.value.outcome], page);
  });
}
