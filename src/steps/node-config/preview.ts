import type { NodeConfigStep } from '../../core/model/index.ts';
import type { Preview } from '../module.ts';

export function preview({ node, object, files, restart, settings, expect }: NodeConfigStep): Preview {
  const mirrors = settings.registries.flatMap(({ mirrors: all }) => all.map(({ name }) => name));
  return {
    subject: { type: 'object', object },
    action: {
      does: 'node-files',
      node,
      files: files.map(({ path }) => path),
      mirrors: [...new Set(mirrors)],
      restart,
    },
    diff: files.map(({ path, lines }) => ({ shows: 'lines', path: `${node}:${path}`, lines })),
    changes: files.length,
    waits: expect.length > 0,
  };
}
