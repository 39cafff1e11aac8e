import { networkInterfaces } from 'node:os';
import { asObjects, asText, dig } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { ChildLimitError, runChild } from '../process/index.ts';
import { NodeAccessError, type NodeShell } from './shell.ts';

/** True when this process runs on the node itself, as root. */
export function isThisMachine(node: JsonObject): boolean {
  if (process.getuid?.() !== 0) return false;
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  return asObjects(dig(node, 'status', 'addresses')).some(
    ({ type, address }) => type === 'InternalIP' && own.includes(asText(address) ?? ''),
  );
}

/** As long as a script in a debug pod may take. */
const timeoutMs = 60_000;
/** Files of settings and replies of registries are cut long before. */
const maxOutputBytes = 16 * 1024 * 1024;

/** A shell of this machine. */
export function localShell(signal: AbortSignal): NodeShell {
  return {
    access: 'local',
    run: async (script) => {
      const input = `main() {\n${script}\n}\nmain </dev/null\n`;
      try {
        return await runChild({ path: '/bin/sh', args: ['-s'], input, signal, timeoutMs, maxOutputBytes });
      } catch (error) {
        if (!(error instanceof ChildLimitError)) throw error;
        throw new NodeAccessError('failed', `its script was ended: ${error.message}`, { cause: error });
      }
    },
    close: async () => undefined,
  };
}
