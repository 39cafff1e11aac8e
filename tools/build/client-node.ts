import { realpathSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Plugin } from 'rolldown';

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

/**
 * Plug-in of the bundler: `@kubernetes/client-node` is its config.js alone, and the `./gen/index.js` that config.js
 * imports is the two files it uses. An import of anything else from the package ends the build with a missing export;
 * a release that moves the files ends it here.
 *
 * @param root folder that holds node_modules
 */
export function slimClientNode(root: string): Plugin {
  // Modules are named by their real path; a checkout may lie behind a symbolic link.
  const dist = realpathSync(join(root, packageFolder));
  // In the folder of the package, so that what they import is found from there.
  const doors = { root: join(dist, 'pullmend-root.js'), generated: join(dist, 'pullmend-generated.js') };
  return {
    name: 'slim-client-node',
    buildStart: async () => {
      const files = [...clientNodeParts.root, ...clientNodeParts.generated];
      await Promise.all(files.map((file) => access(join(dist, file))));
    },
    resolveId: (source, importer) => {
      if (source === '@kubernetes/client-node') return doors.root;
      const isInside = importer?.startsWith(dist + sep) === true;
      return isInside && source === './gen/index.js' ? doors.generated : null;
    },
    load: (id) => {
      const part = id === doors.root ? 'root' : id === doors.generated ? 'generated' : undefined;
      if (part === undefined) return null;
      return clientNodeParts[part].map((file) => `export * from './${file}';`).join('\n');
    },
  };
}
