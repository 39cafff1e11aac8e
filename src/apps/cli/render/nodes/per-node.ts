import type { NodeConfigView, OfNode } from '../../../../flows/index.ts';
import { errorScreen } from '../errors.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** A block for each node: its name, runtime and how it was entered; or why it was not. */
export function perNode<T extends object>(
  nodes: readonly OfNode<T>[],
  page: Page,
  linesOf: (value: T) => readonly string[],
): readonly string[] {
  const { access } = page.m.nodeConfig;
  return nodes.flatMap((one) => {
    if (!one.ok) return [page.paint.strong(one.node), ...errorScreen(one.error, page), ''];
    const view = one.value as Partial<Pick<NodeConfigView, 'runtime' | 'version' | 'access'>>;
    const title =
      view.runtime === undefined || view.access === undefined
        ? one.node
        : [one.node, `${view.runtime} ${view.version ?? ''}`.trim(), access[view.access]].join(' · ');
    return [...wrap(title, page.width).map((line) => page.paint.strong(line)), ...linesOf(one.value), ''];
  });
}
