import { access } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/**
 * The files of undici that take the place of its big door, each with the name it gives. The door would bring fetch,
 * caches, mocks and SQLite, and run them all at each start; pullmend and the kubeconfig send plain requests.
 */
export const undiciParts = {
  Agent: 'lib/dispatcher/agent.js',
  EnvHttpProxyAgent: 'lib/dispatcher/env-http-proxy-agent.js',
  ProxyAgent: 'lib/dispatcher/proxy-agent.js',
  buildConnector: 'lib/core/connect.js',
} as const;

/** What its door does besides, for calls that name their URL: ours all do. */
const rest = `
import api from './lib/api/index.js';
import Dispatcher from './lib/dispatcher/dispatcher.js';
import { getGlobalDispatcher } from './lib/global.js';
import websocket from './lib/web/websocket/websocket.js';
import web from './lib/web/fetch/index.js';
Object.assign(Dispatcher.prototype, api);
export const request = (address, { dispatcher = getGlobalDispatcher(), method = 'GET', ...options }) => {
  const { origin, pathname, search } = new URL(address);
  return api.request.call(dispatcher, { ...options, method, origin, path: pathname + search });
};
export const { WebSocket, ping } = websocket;
export const { fetch } = web;
`;

/**
 * Plug-in of the bundler: `undici` is the parts that are used. An import of anything else from it ends the build with a
 * missing export; a release that moves the files ends it here.
 *
 * @param root folder that holds node_modules
 */
export function slimUndici(root: string): Plugin {
  const folder = realpathSync(join(root, 'node_modules', 'undici'));
  // In the folder of the package, so that what it imports is found from there.
  const door = join(folder, 'pullmend-undici.js');
  return {
    name: 'slim-undici',
    buildStart: async () => {
      await Promise.all(Object.values(undiciParts).map((file) => access(join(folder, file))));
    },
    resolveId: (source) => (source === 'undici' ? door : null),
    load: (id) => {
      if (id !== door) return null;
      const parts = Object.entries(undiciParts).map(
        ([name, file]) => `export { default as ${name} } from './${file}';`,
      );
      return [...parts, rest].join('\n');
    },
  };
}
