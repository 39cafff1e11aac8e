import { realpathSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Plugin } from 'esbuild';

const packageFolder = join('node_modules', '@kubernetes', 'client-node', 'dist');

/**
 * The files of @kubernetes/client-node that take the place of its two big doors. The package root would
 * bring 914 generated API models (1.2 MB); pullmend only needs the kubeconfig, and the kubeconfig only
 * needs these two of the generated files.
 */
export const clientNodeParts = {
  root: ['config.js'],
  generated: ['gen/configuration.js', 'gen/servers.js'],
} as const;

const importsOfParts = 'pullmend-client-node';

/**
 * esbuild plug-in: `@kubernetes/client-node` is its config.js alone, and the `./gen/index.js` that config.js
 * imports is the two files it uses. An import of anything else from the package ends the build with "No
 * matching export"; a release that moves the files ends it here.
 *
 * @param root folder that holds node_modules
 */
export function slimClientNode(root: string): Plugin {
  // esbuild names files by their real path; a checkout may lie behind a symbolic link.
  const dist = realpathSync(join(root, packageFolder));
  return {
    name: 'slim-client-node',
    setup(build) {
      build.onStart(async () => {
        const files = [...clientNodeParts.root, ...clientNodeParts.generated];
        await Promise.all(files.map((file) => access(join(dist, file))));
      });
      build.onResolve({ filter: /^@kubernetes\/client-node$/ }, () => ({
        path: 'root',
        namespace: importsOfParts,
      }));
      build.onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer }) =>
        importer.startsWith(dist + sep) ? { path: 'generated', namespace: importsOfParts } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: importsOfParts }, ({ path }) => {
        const files = path === 'root' ? clientNodeParts.root : clientNodeParts.generated;
        return { contents: files.map((file) => `export * from './${file}';`).join('\n'), resolveDir: dist };
      });
    },
  };
}
