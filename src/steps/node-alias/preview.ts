import type { NodeAliasStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, nodes, aliases, expect }: NodeAliasStep): Preview {
  const names = aliases.flatMap(({ source, names: all }) => all.map((name) => ({ source, name })));
  const sources = aliases.map(({ source }) => source);
  const isFor = expect.length > 0;
  return {
    subject: isFor
      ? { type: 'object', object }
      : { type: 'copy', source: sources.join(', '), target: nodes.join(', ') },
    action: { does: 'name-on-nodes', nodes, sources, names: names.map(({ name }) => name) },
    diff: nodes.flatMap((node) =>
      names.map(({ source, name }) => ({ shows: 'lines', path: `${node}:${name}`, lines: [`+${source}`] })),
    ),
    changes: nodes.length * names.length,
    waits: isFor,
  };
}
