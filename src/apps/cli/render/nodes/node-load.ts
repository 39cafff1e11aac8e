import type { NodeLoadPlan } from '../../../../flows/index.ts';
import { errorScreen } from '../errors.ts';
import type { Page } from '../page.ts';
import { row } from '../rows.ts';

/** What each node lacks of an image, and which way it would go. */
export function loadScreen({ nodes }: NodeLoadPlan, page: Page): readonly string[] {
  const { nodeLoad, nodeConfig, copy } = page.m;
  return nodes.flatMap((one) => {
    if (!one.ok) return [page.paint.strong(one.node), ...errorScreen(one.error, page), ''];
    const { has, bytes, size, layers, access } = one.value;
    const text = has
      ? nodeLoad.has
      : nodeLoad.lacks(copy.bytes(bytes), copy.bytes(size), layers, nodeConfig.access[access]);
    const through = !has && access === 'debug-pod' ? row('', nodeLoad.throughApi, page) : [];
    return [...row(one.node, text, page), ...through];
  });
}
