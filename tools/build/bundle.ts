import { join } from 'node:path';
import { rolldown, type OutputChunk, type Plugin, type RolldownOutput } from 'rolldown';
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
  const entry = join(root, 'src/apps/cli/main.ts');
  const build = await rolldown({
    cwd: root,
    input: { cli: entry },
    platform: 'node',
    transform: { target: 'node22' },
    plugins: [slimClientNode(root), slimUndici(root), light(), versionOnly(root, version)],
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const files = {
    dir: outdir,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  } as const;
  try {
    const parts = chunksOf(await build.generate(files));
    // One file instead of two dozen: to resolve and open each of them takes a start 8 ms.
    const together = new Set([...startOf(parts)].flatMap(({ moduleIds }) => moduleIds));
    // The entry waits for commands that need what is in the group, so that it must stay outside.
    together.delete(entry);
    const groups = [{ name: 'start', test: (id: string) => together.has(id) }];
    return chunksOf(await build.write({ ...files, codeSplitting: { groups } }));
  } finally {
    await build.close();
  }
}

function chunksOf({ output }: RolldownOutput): readonly OutputChunk[] {
  return output.filter((file) => file.type === 'chunk');
}

/** `cli.js` and what it imports at once. */
function startOf(chunks: readonly OutputChunk[]): ReadonlySet<OutputChunk> {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A Set gives what is added to it on the way, too.
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return found;
}

/**
 * What the bundle takes of builtin modules with getters that load much more: an import of ES would call them all, to
 * name what it gives, and take 8 ms of each start. Another name ends the build with a missing export.
 */
const lightBuiltins: Readonly<Record<string, readonly string[]>> = {
  'node:process': ['cwd'],
  'node:util': ['isDeepStrictEqual', 'promisify', 'stripVTControlCharacters', 'styleText'],
};

function light(): Plugin {
  return {
    name: 'light-builtins',
    // CommonJS packages take what they ask for and no more.
    resolveId: (source, _, { kind }) =>
      kind === 'import-statement' && Object.hasOwn(lightBuiltins, source) ? `\0${source}` : null,
    load: (id) => {
      const names = lightBuiltins[id.slice(1)];
      if (!id.startsWith('\0') || names === undefined) return null;
      const builtin = `const it = process.getBuiltinModule('${id.slice(1)}');`;
      return [builtin, 'export default it;', `export const { ${names.join(', ')} } = it;`].join('\n');
    },
  };
}

/** Of our own package.json only the version goes into the bundle. */
function versionOnly(root: string, version: string): Plugin {
  const manifest = join(root, 'package.json');
  return {
    name: 'version-only',
    load: (id) => (id === manifest ? JSON.stringify({ version }) : null),
  };
}

/** The bytes of all files, and of those that every start reads. */
export function measure(chunks: readonly OutputChunk[]): { readonly total: number; readonly start: number } {
  const sum = (some: Iterable<OutputChunk>): number =>
    [...some].reduce((total, { code }) => total + Buffer.byteLength(code), 0);
  return { total: sum(chunks), start: sum(startOf(chunks)) };
}
