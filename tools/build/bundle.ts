import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { slimClientNode } from './client-node.ts';
import { slimUndici } from './undici.ts';

/** CommonJS packages inside an ES module still ask for these three. */
const commonJsBanner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  "import { dirname as __pathDirname } from 'node:path';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

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
 * @returns esbuild's account of what went where; its paths are relative to `root`
 */
export async function bundle(options: BundleOptions): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: options.root,
    entryPoints: { cli: 'src/apps/cli/main.ts' },
    outdir: options.outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
    banner: { js: commonJsBanner },
    plugins: [
      slimClientNode(options.root),
      slimUndici(options.root),
      versionOnly(options.root, options.version),
    ],
  });
  return metafile;
}

/** Of our own package.json only the version goes into the bundle. */
function versionOnly(root: string, version: string): Plugin {
  return {
    name: 'version-only',
    setup(build) {
      build.onLoad({ filter: /package\.json$/ }, ({ path }) =>
        path === join(root, 'package.json')
          ? { contents: JSON.stringify({ version }), loader: 'json' }
          : undefined,
      );
    },
  };
}

/** The bytes of all files, and of those that every start reads: `cli.js` and what it imports at once. */
export function measure(metafile: Metafile): { readonly total: number; readonly start: number } {
  const files = Object.entries(metafile.outputs);
  const total = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  const entry = files.find(([path]) => path.endsWith('/cli.js') || path === 'cli.js')?.[0];
  const seen = new Set<string>();
  const queue = entry === undefined ? [] : [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const imports = metafile.outputs[path]?.imports ?? [];
    queue.push(
      ...imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map((i) => i.path),
    );
  }
  const start = [...seen].reduce((sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0), 0);
  return { total, start };
}

/** Where esbuild puts the licence comments that it takes out of the code. */
export function legalFiles(metafile: Metafile, root: string): readonly string[] {
  return Object.keys(metafile.outputs)
    .filter((path) => path.endsWith('.LEGAL.txt'))
    .map((path) => join(root, path));
}
