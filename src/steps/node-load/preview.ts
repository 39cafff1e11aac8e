import type { NodeLoadStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ source, names, digest, nodes }: NodeLoadStep): Preview {
  const target = nodes.map(({ name }) => name).join(', ');
  return {
    subject: { type: 'copy', source, target },
    action: {
      does: 'load-on-nodes',
      nodes: nodes.map(({ name }) => name),
      bytes: nodes.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    diff: nodes.flatMap(({ name: node }) =>
      names.map((name) => ({ shows: 'copy', target: `${node}:${name}`, digest })),
    ),
    changes: nodes.length * names.length,
    waits: false,
  };
}
