import type { NodeContainers, OfNode } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { table } from '../table.ts';
import { perNode } from './per-node.ts';

/** Enough of an ID to ask the runtime for it. */
const idLetters = 12;

const order = ['running', 'paused', 'created', 'unknown', 'exited'] as const;

/** The containers of each node, those that run first: state, image, and the pod or the runtime's own namespace and ID. */
export function containersScreen(nodes: readonly OfNode<NodeContainers>[], page: Page): readonly string[] {
  const { nodeImages } = page.m;
  return perNode(nodes, page, ({ containers }) => {
    if (containers.length === 0) return [`  ${nodeImages.noContainer}`];
    const sorted = containers.toSorted(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.image.localeCompare(b.image),
    );
    const rows = sorted.map(({ id, namespace, image, state, pod }) => [
      nodeImages.states[state],
      image,
      pod === undefined
        ? [namespace ?? '', id.slice(0, idLetters)].filter(Boolean).join(' ')
        : `${pod.namespace}/${pod.name} · ${pod.container}`,
    ]);
    return table(rows, { indent: 2, width: page.width });
  });
}
