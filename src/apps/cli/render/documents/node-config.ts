import { apiVersion, type Json } from '../../../../core/model/index.ts';
import type { Document, OfNode, Restored } from '../../../../flows/index.ts';

/** `node config show|plan|check -o json`, `node images -o json`: an item a node. */
export function nodeConfigList(
  kind:
    | 'NodeConfigList'
    | 'NodeConfigCheck'
    | 'NodeImageList'
    | 'NodeContainerList'
    | 'NodeNameList'
    | 'NodeLoadList',
  nodes: readonly OfNode<object>[],
): Document {
  const items = nodes.map((one) =>
    one.ok
      ? { node: one.node, ...one.value }
      : { node: one.node, error: { code: one.error.code, message: one.error.message } },
  );
  return { apiVersion, kind, items: items as unknown as Json };
}

/** `node config restore -o json`. */
export function restoredReport(restored: readonly Restored[]): Document {
  return { apiVersion, kind: 'UndoReport', runs: restored as unknown as Json };
}
