import type { NodeLoadStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, source, names, digest, nodes, expect }: NodeLoadStep): Preview {
  const targets = nodes.map(({ name }) => name);
  const isFor = expect.length > 0;
  return {
    subject: isFor ? { type: 'object', object } : { type: 'copy', source, target: targets.join(', ') },
    action: {
      does: 'load-on-nodes',
      nodes: targets,
      bytes: nodes.reduce((sum, { bytes }) => sum + bytes, 0),
      throughApi: nodes.some(({ access }) => access === 'debug-pod'),
    },
    diff: targets.flatMap((node) =>
      names.map((name) => ({ shows: 'copy', target: `${node}:${name}`, digest })),
    ),
    changes: nodes.length * names.length,
    waits: isFor,
  };
}
