import type { NodeAliasStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ object, nodes, aliases }: NodeAliasStep): Preview {
  const names = aliases.flatMap(({ source, names: all }) => all.map((name) => ({ source, name })));
  return {
    subject: { type: 'object', object },
    action: { does: 'name-on-nodes', nodes, sources: aliases.map(({ source }) => source) },
    diff: nodes.flatMap((node) =>
      names.map(({ source, name }) => ({ shows: 'lines', path: `${node}:${name}`, lines: [`+${source}`] })),
    ),
    changes: nodes.length * names.length,
    waits: true,
  };
}
