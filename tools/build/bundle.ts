import { join } from 'node:path';
import { rolldown, type OutputChunk, type Plugin } from 'rolldown';
import { slimClientNode } from './client-node.ts';
import { slimUndici } from './undici.ts';

export type BundleOptions = {
  /** Folder of the repository. */
  readonly root: string;
  /** Empty folder that receives `cli.js` and its chunks. */
  readonly outdir: string;
  /** What `pullmend version` prints. */
  readonly version: string;
};

/**
 * Bundles the command with every package it uses into ES modules for Node 22: `cli.js` and one chunk for each
 * part that is loaded late. Minified, because every start reads it; an error that reaches a person is a
 * PullmendError with its own words, not a stack trace.
 *
 * @returns what went into which file; modules have absolute paths
 */
export async function bundle(options: BundleOptions): Promise<readonly OutputChunk[]> {
  const { root, outdir, version } = options;
  const build = await rolldown({
    cwd: root,
    input: { cli: join(root, 'src/apps/cli/main.ts') },
    platform: 'node',
    transform: { target: 'node22' },
    plugins: [slimClientNode(root), slimUndici(root), versionOnly(root, version)],
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  try {
    const { output } = await build.write({
      dir: outdir,
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    });
    return output.filter((file) => file.type === 'chunk');
  } finally {
    await build.close();
  }
}

/** Of our own package.json only the version goes into the bundle. */
function versionOnly(root: string, version: string): Plugin {
  const manifest = join(root, 'package.json');
  return {
    name: 'version-only',
    load: (id) => (id === manifest ? JSON.stringify({ version }) : null),
  };
}

/** The bytes of all files, and of those that every start reads: `cli.js` and what it imports at once. */
export function measure(chunks: readonly OutputChunk[]): { readonly total: number; readonly start: number } {
  const sizes = new Map(chunks.map(({ fileName, code }) => [fileName, Buffer.byteLength(code)]));
  const seen = new Set(['cli.js']);
  // A Set gives what is added to it on the way, too.
  for (const name of seen) {
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) {
      if (sizes.has(next)) seen.add(next);
    }
  }
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
  return { total: sum(sizes.keys()), start: sum(seen) };
}
